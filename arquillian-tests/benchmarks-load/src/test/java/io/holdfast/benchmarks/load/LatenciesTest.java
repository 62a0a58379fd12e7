package io.holdfast.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long MILLI = 1_000_000;

    @Test
    void a_percentile_is_the_nearest_rank_in_whatever_order_the_times_came() {
        Latencies latencies = new Latencies();
        LongStream.rangeClosed(1, 2000).map(number -> 2001 - number).forEach(number -> latencies.add(number * MILLI));

        assertThat(latencies.percentileMillis(50)).isEqualTo(1000);
        assertThat(latencies.percentileMillis(99)).isEqualTo(1980);
        assertThat(latencies.percentileMillis(99.96)).isEqualTo(2000);
        assertThat(latencies.percentileMillis(100)).isEqualTo(2000);
    }

    @Test
    void a_single_time_is_every_percentile() {
        Latencies latencies = new Latencies();
        latencies.add(7 * MILLI);

        assertThat(latencies.percentileMillis(0.1)).isEqualTo(7);
        assertThat(latencies.percentileMillis(99)).isEqualTo(7);
    }

    @Test
    void the_times_of_several_clients_are_put_together() {
        Latencies one = new Latencies();
        one.add(MILLI);
        Latencies other = new Latencies();
        other.add(3 * MILLI);
        other.add(2 * MILLI);

        Latencies all = Latencies.merged(List.of(one, other));

        assertThat(all.size()).isEqualTo(3);
        assertThat(all.percentileMillis(50)).isEqualTo(2);
    }

    @Test
    void nothing_has_no_percentile() {
        assertThatThrownBy(() -> new Latencies().percentileMillis(50))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50");
    }
}
