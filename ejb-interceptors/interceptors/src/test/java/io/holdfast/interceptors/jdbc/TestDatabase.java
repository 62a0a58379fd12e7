package io.holdfast.interceptors.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The databases that tests run with. Servers are started by the first one that asks, and stop with the JVM. */
public enum TestDatabase {
    H2 {
        @Override
        public DataSource empty() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
            return source;
        }
    },
    POSTGRESQL {
        @Override
        public DataSource empty() throws SQLException {
            String schema = "s" + UUID.randomUUID().toString().replace("-", "");
            PGSimpleDataSource source = (PGSimpleDataSource) Server.RUNNING.getPostgresDatabase();
            try (Connection connection = source.getConnection()) {
                Statements.update(connection, "create schema " + schema);
            }
            source.setCurrentSchema(schema);
            source.setConnectTimeout(60);
            return source;
        }
    },
    /** Speaks for MySQL too; its server is on the class path in profile full only. */
    MARIADB {
        @Override
        public DataSource empty() throws SQLException {
            return MariaDbServer.emptyDatabase();
        }
    };

    /** A database, or a schema of one, without tables. */
    public abstract DataSource empty() throws SQLException;

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void stop(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
