package io.holdfast.tests.tcc.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The account book of {@link Payer} and {@link Payee}. */
@ApplicationScoped
public class Accounts {
    private static final int MONEY = 1_000_000;

    @Resource(lookup = "java:comp/env/jdbc/holdfast")
    private DataSource database;

    /** To be called outside any transaction; keeps what is there. */
    public void create() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table if not exists account (side varchar(10) primary key, balance int not null, frozen int not null)");
            try (ResultSet rows = statement.executeQuery("select count(*) from account")) {
                rows.next();
                if (rows.getInt(1) > 0) {
                    return;
                }
            }
            statement.execute("insert into account values ('payer', " + MONEY + ", 0), ('payee', 0, 0)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Both numbers are added. */
    void change(String side, int balance, int frozen) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update account set balance = balance + ?, frozen = frozen + ? where side = ?")) {
            update.setInt(1, balance);
            update.setInt(2, frozen);
            update.setString(3, side);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A line {@code payee BALANCE FROZEN} and one of the payer. */
    public String read() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select side, balance, frozen from account order by side")) {
            StringBuilder found = new StringBuilder();
            while (rows.next()) {
                found.append(rows.getString(1))
                        .append(' ')
                        .append(rows.getInt(2))
                        .append(' ')
                        .append(rows.getInt(3))
                        .append('\n');
            }
            return found.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
