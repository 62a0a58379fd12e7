package io.holdfast.tests.adapter.use;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Rows in an XA database. */
@ApplicationScoped
public class Rows {
    @Resource(lookup = "java:comp/env/jdbc/entries")
    private DataSource entries;

    public void create() {
        try (Connection database = entries.getConnection();
                Statement statement = database.createStatement()) {
            statement.execute("create table if not exists used(key_ varchar(100) primary key)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In the caller's transaction. */
    public void insert(String key) {
        try (Connection database = entries.getConnection();
                PreparedStatement insert = database.prepareStatement("insert into used(key_) values (?)")) {
            insert.setString(1, key);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean hold(String key) {
        try (Connection database = entries.getConnection();
                PreparedStatement query = database.prepareStatement("select 1 from used where key_ = ?")) {
            query.setString(1, key);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
