package io.holdfast.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final Workers workers = new Workers(Executors.defaultThreadFactory(), () -> {
        made.incrementAndGet();
        return done::incrementAndGet;
    });

    @Test
    void every_operation_is_counted_and_each_thread_does_one_at_least() throws InterruptedException {
        Round round = workers.run(3, Duration.ZERO);

        assertThat(round.latencies().size()).isEqualTo(done.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void what_a_thread_works_with_is_kept_for_the_next_round() throws InterruptedException {
        workers.run(1, Duration.ZERO);
        workers.run(1, Duration.ZERO);

        assertThat(made.get()).isEqualTo(1);
        assertThat(done.get()).isEqualTo(2);
    }

    @Test
    void work_that_fails_fails_the_round() {
        Workers failing = new Workers(Executors.defaultThreadFactory(), () -> () -> {
            throw new IllegalStateException("no money");
        });

        assertThatThrownBy(() -> failing.run(1, Duration.ZERO)).hasRootCauseMessage("no money");
    }

    @Test
    void figures_tell_what_a_second_and_what_an_operation_costs() {
        Latencies latencies = new Latencies();
        latencies.add(Duration.ofMillis(2).toNanos());
        latencies.add(Duration.ofMillis(4).toNanos());

        assertThat(new Round(latencies, Duration.ofMillis(500), Duration.ofMillis(6)).figures())
                .isEqualTo("throughput=tx/s=4.0 p50=ms=2.0 p99=ms=4.0 cpu=ms/tx=3.0");
    }
}
