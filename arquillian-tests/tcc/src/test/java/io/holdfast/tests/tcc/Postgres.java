package io.holdfast.tests.tcc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The PostgreSQL of this JVM, which stops with it; it outlives the servers that are killed. */
final class Postgres {
    /** In the directory of the deployments. */
    static final String DRIVER = "postgresql.jar";

    static final String DATA_SOURCE = "org.postgresql.xa.PGXADataSource";
    static final String USER = "postgres";

    private Postgres() {}

    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        // Without it no transaction can be prepared.
                        .setServerConfig("max_prepared_transactions", "100")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-postgres"));
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

    /** Of its one database; starts it. */
    static String url() {
        return "jdbc:postgresql://127.0.0.1:" + Server.RUNNING.getPort() + "/postgres";
    }
}
