package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random histories of {@code @Tcc} beans of one account book: {@code -Dtcc.histories=N} plays more, {@code -Dtcc.seed=N} one of them again.
 * PostgreSQL, which takes longer, plays every eighth.
 */
class TccHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("tcc.histories", 2_000);
    private static final int WITHOUT_FENCE = 50;

    @ForEachDatabase
    void money_is_conserved_nothing_stays_frozen_and_each_effect_happens_once(TestDatabase database) throws Exception {
        try (TccHistories histories = new TccHistories(database.empty(), true)) {
            Long one = Long.getLong("tcc.seed");
            if (one != null) {
                play(one, histories);
                return;
            }
            for (long seed = 1; seed <= HISTORIES; seed += database == TestDatabase.H2 ? 1 : 8) {
                play(seed, histories);
            }
        }
    }

    /** Shows that the histories tell a fence from none. */
    @Test
    void without_the_fence_the_book_is_wrong() throws Exception {
        try (TccHistories histories = new TccHistories(TestDatabase.H2.empty(), false)) {
            int wrong = 0;
            for (long seed = 1; seed <= WITHOUT_FENCE; seed++) {
                wrong += histories.play(seed).isEmpty() ? 0 : 1;
            }
            assertThat(wrong).isGreaterThan(WITHOUT_FENCE / 2);
        }
    }

    private static void play(long seed, TccHistories histories) throws Exception {
        List<String> wrong = histories.play(seed);
        if (!wrong.isEmpty()) {
            fail("-Dtcc.seed=" + seed + " " + wrong + "\n" + String.join("\n", histories.told()));
        }
    }
}
