package io.holdfast.interceptors.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Table definitions that are shipped as {@code <name>-<database>.sql} beside this class. */
public final class Tables {
    private Tables() {}

    /**
     * Creates them unless they are there. Several nodes may do so at once.
     *
     * @param probes queries that succeed once they are there
     */
    public static void create(DataSource database, String name, String... probes) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            String definitions = definitions(name, Dialect.of(connection));
            try {
                for (String definition : definitions.split(";", -1)) {
                    if (!definition.isBlank()) {
                        statement.execute(definition);
                    }
                }
            } catch (SQLException e) {
                succeedOr(e, statement, probes);
            }
        }
    }

    /** PostgreSQL fails one of two who create the same table at once. */
    private static void succeedOr(SQLException failure, Statement statement, String... probes) throws SQLException {
        try {
            for (String probe : probes) {
                statement.execute(probe);
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private static String definitions(String name, Dialect dialect) {
        String file = name + "-" + dialect.fileName() + ".sql";
        try (InputStream definitions = Tables.class.getResourceAsStream(file)) {
            if (definitions == null) {
                throw new IllegalStateException(file + " is not in this jar");
            }
            return new String(definitions.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
