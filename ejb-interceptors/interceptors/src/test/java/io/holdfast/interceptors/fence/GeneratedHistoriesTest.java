package io.holdfast.interceptors.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.holdfast.interceptors.fence.AccountBook.Door;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Random histories of one account book: {@code -Dfence.histories=N} plays more, {@code -Dfence.seed=N} one of them again. PostgreSQL, which
 * takes longer, plays every fourth.
 */
class GeneratedHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("fence.histories", 2_000);
    private static final int WITHOUT_FENCE = 50;

    @ForEachDatabase
    void money_is_conserved_nothing_stays_frozen_and_each_effect_happens_once(TestDatabase database) throws Exception {
        try (AccountBook book = open(database, AccountBook.behind(new Fence()))) {
            Long one = Long.getLong("fence.seed");
            if (one != null) {
                play(one, book);
                return;
            }
            for (long seed = 1; seed <= HISTORIES; seed += database == TestDatabase.H2 ? 1 : 4) {
                play(seed, book);
            }
        }
    }

    /** Shows that the histories tell a fence from none. */
    @Test
    void without_the_fence_the_book_is_wrong() throws Exception {
        try (AccountBook book = open(TestDatabase.H2, (connection, verb, transaction, participant) -> Verdict.RUN)) {
            int wrong = 0;
            for (long seed = 1; seed <= WITHOUT_FENCE; seed++) {
                wrong += new History(seed, book).play().isEmpty() ? 0 : 1;
            }
            assertThat(wrong).isGreaterThan(WITHOUT_FENCE / 2);
        }
    }

    private static void play(long seed, AccountBook book) throws SQLException {
        History history = new History(seed, book);
        List<String> wrong = history.play();
        if (!wrong.isEmpty()) {
            fail("-Dfence.seed=" + seed + " " + wrong + "\n" + String.join("\n", history.told()));
        }
    }

    private static AccountBook open(TestDatabase database, Door door) throws SQLException {
        DataSource source = database.empty();
        AccountBook.create(source);
        return new AccountBook(source.getConnection(), door);
    }
}
