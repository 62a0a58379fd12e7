package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How large the log gets under a load that stays the same, at its largest: a checkpoint beside all that it is about to replace. */
class LogGrowthTest extends EngineTest {
    private static final Duration RETENTION = Duration.ofSeconds(10);
    private static final Duration WINDOW = RETENTION.multipliedBy(4);
    private static final Duration PACE = Duration.ofMillis(80);
    private static final int CHECKPOINT_BYTES = 16_384;
    private static final String DATA = "x".repeat(1_000);
    /** The old checkpoint, a tail of the same size and the new checkpoint, and what the load adds while that is decided. */
    private static final double LARGEST_BY_LIVING = 3.1;

    private static final double TOLERANCE = 1.05;

    private long largest;

    @Test
    void the_log_of_a_constant_load_stays_within_three_times_what_lives() {
        load(RETENTION);
        long early = largestIn(WINDOW);
        long late = largestIn(WINDOW);

        coordinator.checkpoint();
        long living = disk.size();
        int kept = (int) RETENTION.dividedBy(PACE);
        assertThat(all().size()).isBetween(kept - 1, kept);
        assertThat(living).isGreaterThan(5L * CHECKPOINT_BYTES);
        assertThat(late).isLessThan((long) (early * TOLERANCE)).isLessThan((long) (living * LARGEST_BY_LIVING));
    }

    /** Else the test above could not fail. */
    @Test
    void the_log_of_a_load_that_nobody_forgets_grows() {
        load(Duration.ofHours(1));
        long early = largestIn(WINDOW);
        assertThat(largestIn(WINDOW)).isGreaterThan((long) (early * TOLERANCE));
    }

    /** Until as many are kept as ever will be. */
    private void load(Duration retention) {
        settings = Settings.FOR_LRAS.withRetention(retention).withCheckpointBytes(CHECKPOINT_BYTES);
        restart();
        disk.failWith(operation -> largest = Math.max(largest, disk.size()));
        run(RETENTION);
    }

    private long largestIn(Duration window) {
        largest = 0;
        run(window);
        return largest;
    }

    private void run(Duration time) {
        for (long left = time.dividedBy(PACE); left > 0; left--) {
            Transaction tx = start();
            get(coordinator.join(tx.id(), ParticipantKind.ACTED, "h/" + left, DATA, Set.of(), null));
            get(coordinator.confirm(tx.id(), null));
            scheduler.advance(PACE);
        }
    }
}
