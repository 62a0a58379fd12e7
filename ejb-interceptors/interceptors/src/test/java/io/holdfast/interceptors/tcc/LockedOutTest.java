package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.api.HoldfastException;
import io.holdfast.interceptors.jdbc.Dialect;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.outbox.Logged;
import jakarta.transaction.Status;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A try that waits for rows of the transaction that is suspended for it. */
class LockedOutTest {
    private static final String TOLD =
            "HFINT074 " + Account.class.getName() + "#freeze(long) has waited in vain for a lock: ";
    private static final String LOCKED = "55P03";

    private final FakeAdapter server = new FakeAdapter();

    public static class Account {
        @Tcc(confirm = "deduct", cancel = "unfreeze")
        public void freeze(long amount) {}

        public void deduct(long amount) {}

        public void unfreeze(long amount) {}
    }

    private Throwable failureOf(Callable<@Nullable Object> attempt) throws NoSuchMethodException {
        server.status = Status.STATUS_ACTIVE;
        TccMethod method = TccReader.read(Account.class, Account.class.getMethod("freeze", long.class));
        TryCall call = new TryCall(server, "shop/web", method, new Fences(server), new Tries(), server);
        return catchThrowable(() -> call.run(new Object[] {42L}, attempt));
    }

    @ForEachDatabase
    void what_the_caller_has_written_is_told_as_the_likely_cause(TestDatabase database) throws Exception {
        DataSource source = database.empty();
        try (Connection caller = source.getConnection();
                Connection own = source.getConnection();
                Logged log = Logged.open()) {
            Statements.update(caller, "create table account (id int primary key, frozen int)");
            Statements.update(caller, "insert into account values (7, 0)");
            caller.setAutoCommit(false);
            own.setAutoCommit(false);
            Statements.update(caller, "update account set frozen = 1 where id = 7");

            Dialect.of(own).boundWait(own, Duration.ofMillis(100));

            Throwable thrown = failureOf(() -> Statements.update(own, "update account set frozen = 2 where id = 7"));

            assertThat(thrown).isInstanceOf(SQLException.class);
            assertThat(thrown.getSuppressed()).anySatisfy(told -> assertThat(told)
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageStartingWith(TOLD)
                    .hasMessageContaining("must not touch"));
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith(TOLD)
                    .contains(String.valueOf(thrown.getMessage()));
            assertThat(server.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        }
    }

    @Test
    void it_is_found_within_what_others_have_made_of_it() throws Exception {
        SQLException locked = new SQLException("lock not available", LOCKED);
        SQLException batch = new BatchUpdateException();
        batch.setNextException(locked);
        Exception rolledBack = new IOException("rolled back");
        rolledBack.addSuppressed(locked);

        for (Exception made : new Exception[] {
            new IllegalStateException(new IOException(locked)), new IllegalStateException(batch), rolledBack
        }) {
            try (Logged log = Logged.open()) {
                Throwable thrown = failureOf(() -> {
                    throw made;
                });

                assertThat(thrown).isSameAs(made);
                assertThat(thrown.getSuppressed()).hasAtLeastOneElementOfType(HoldfastException.class);
                assertThat(log.warnings()).singleElement().asString().startsWith(TOLD);
            }
        }
    }

    @Test
    void it_is_told_of_the_inner_one_of_two_only() throws Exception {
        try (Logged log = Logged.open()) {
            Throwable thrown = failureOf(() -> {
                throw new IllegalStateException(failureOf(() -> {
                    throw new SQLException("lock not available", LOCKED);
                }));
            });

            assertThat(thrown).hasNoSuppressedExceptions();
            assertThat(log.warnings()).hasSize(1);
        }
    }

    @Test
    void nothing_is_told_of_other_failures() throws Exception {
        IOException circle = new IOException("again");
        circle.initCause(new IOException(circle));
        try (Logged log = Logged.open()) {
            for (Exception other :
                    new Exception[] {circle, new IllegalStateException(new SQLException("there already", "23505"))}) {
                Throwable thrown = failureOf(() -> {
                    throw other;
                });

                assertThat(thrown).isSameAs(other).hasNoSuppressedExceptions();
            }
            assertThat(log.warnings()).isEmpty();
        }
    }
}
