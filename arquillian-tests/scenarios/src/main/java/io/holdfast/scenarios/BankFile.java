package io.holdfast.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a dead server left in the bank's XA database. A copy is asked, so that the server finds its own file as it was. Immutable. */
record BankFile(int branchesInDoubt, boolean hasRow) {
    private static final String NAME = "bank.mv.db";

    /**
     * @param data the data directory of a server that is not running
     * @param transfer the id of the row that is looked for
     */
    static BankFile read(Path data, String transfer) {
        try {
            Path directory = Files.createTempDirectory("holdfast-bank");
            Path copy = directory.resolve(NAME);
            Files.copy(data.resolve(NAME), copy, StandardCopyOption.REPLACE_EXISTING);
            try {
                return ask("jdbc:h2:file:" + directory.resolve("bank") + ";IFEXISTS=TRUE", transfer);
            } finally {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(directory.resolve("bank.trace.db"));
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BankFile ask(String url, String transfer) {
        try (Connection connection = DriverManager.getConnection(url, "sa", "sa");
                PreparedStatement inDoubt =
                        connection.prepareStatement("SELECT COUNT(*) FROM INFORMATION_SCHEMA.IN_DOUBT");
                PreparedStatement row = connection.prepareStatement("SELECT COUNT(*) FROM transfer WHERE id = ?")) {
            row.setString(1, transfer);
            return new BankFile(count(inDoubt), count(row) > 0);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read a copy of the bank's database, " + url, e);
        }
    }

    private static int count(PreparedStatement query) throws SQLException {
        try (ResultSet result = query.executeQuery()) {
            result.next();
            return result.getInt(1);
        }
    }
}
