package io.holdfast.benchmarks.fence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** The databases, in a directory that must be on a disk and not in memory. */
record Databases(EmbeddedPostgres postgres, List<Database> all) implements AutoCloseable {
    /** One of them. */
    record Database(String name, DataSource source) {}

    static Databases start(Path directory) throws IOException {
        Path here = Files.createDirectories(
                directory.toAbsolutePath().resolve(UUID.randomUUID().toString()));
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(here.resolve("postgres"))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:file:" + here.resolve("h2") + ";WRITE_DELAY=0;LOCK_TIMEOUT=20000");
        return new Databases(
                postgres, List.of(new Database("PostgreSQL", postgres.getPostgresDatabase()), new Database("H2", h2)));
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
