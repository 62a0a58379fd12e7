package io.holdfast.benchmarks.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.xa.PGXADataSource;

/** The databases, in a directory that must be on a disk and not in memory. */
public record Databases(EmbeddedPostgres postgres, List<Database> all) implements AutoCloseable {
    /** One of them. */
    public record Database(String name, DataSource source) {}

    /** Both, empty; each commit is forced to the disk as far as they can. */
    public static Databases start(Path directory) throws IOException {
        Path here = Files.createDirectories(
                directory.toAbsolutePath().resolve(UUID.randomUUID().toString()));
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(here.resolve("postgres"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_prepared_transactions", "50")
                .start();
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + here.resolve("h2") + ";WRITE_DELAY=0;LOCK_TIMEOUT=20000");
        return new Databases(
                postgres, List.of(new Database("postgres", postgres.getPostgresDatabase()), new Database("h2", h2)));
    }

    /** PostgreSQL, which is the first. */
    public Database postgresql() {
        return all.get(0);
    }

    /** Connections are kept, to a database of that name in the same PostgreSQL, which is made. */
    public DataSource pool(String name) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(postgres.getJdbcUrl("postgres", name));
        return JdbcConnectionPool.create(source);
    }

    /** The database of that name in PostgreSQL, which is there. */
    XADataSource xa(String name) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(postgres.getJdbcUrl("postgres", name));
        return source;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
