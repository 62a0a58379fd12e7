package io.holdfast.tests.tcc.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What was done for each order, in the order of doing; a row commits with the transaction that writes it. */
@ApplicationScoped
public class Book {
    @Resource(lookup = "java:comp/env/jdbc/holdfast")
    private DataSource database;

    /** To be called outside any transaction. */
    public void create() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table if not exists book (id identity primary key, entry_of varchar(100), what varchar(200))");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void write(String key, String what) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into book(entry_of, what) values (?, ?)")) {
            insert.setString(1, key);
            insert.setString(2, what);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<String> read(String key) {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select what from book where entry_of = ? order by id")) {
            query.setString(1, key);
            List<String> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
