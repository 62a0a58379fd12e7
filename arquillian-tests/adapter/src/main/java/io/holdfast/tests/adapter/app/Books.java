package io.holdfast.tests.adapter.app;

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

/** What is in both databases. To be called outside any transaction. */
@ApplicationScoped
public class Books {
    @Resource(lookup = "java:comp/env/jdbc/entries")
    private DataSource entries;

    @Resource(lookup = "java:comp/env/jdbc/told")
    private DataSource told;

    public void create() {
        create(entries, "ENTRY", "create table entry(key_ varchar(100) primary key)");
        create(told, "TOLD", "create table told(id identity primary key, entry_of varchar(100), what varchar(20))");
    }

    /** A prepared transaction that a crash has left may hold locks, so nothing is created twice. */
    private static void create(DataSource source, String table, String definition) {
        try (Connection database = source.getConnection();
                ResultSet tables = database.getMetaData().getTables(null, null, table, null)) {
            if (!tables.next()) {
                try (Statement statement = database.createStatement()) {
                    statement.execute(definition);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void told(String key, String what) {
        try (Connection database = told.getConnection();
                PreparedStatement insert =
                        database.prepareStatement("insert into told(entry_of, what) values (?, ?)")) {
            insert.setString(1, key);
            insert.setString(2, what);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code entry} if there is one, {@code in doubt} for each transaction that the XA database has prepared, and what was told. */
    public List<String> read(String key) {
        List<String> found = new ArrayList<>();
        add(found, entries, "select 'entry' from entry where key_ = ?", key);
        add(found, entries, "select 'in doubt' from information_schema.in_doubt where ? <> ''", key);
        add(found, told, "select what from told where entry_of = ? order by id", key);
        return found;
    }

    private static void add(List<String> found, DataSource source, String sql, String key) {
        try (Connection database = source.getConnection();
                PreparedStatement query = database.prepareStatement(sql)) {
            query.setString(1, key);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
