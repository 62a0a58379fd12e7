package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.tests.coordinator.SizeCourse.Sample;
import io.holdfast.tests.coordinator.SizeCourse.Span;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SizeCourseTest {
    private static final Span EARLY = new Span(Duration.ofMinutes(3), Duration.ofMinutes(8));
    private static final Span LATE = new Span(Duration.ofMinutes(25), Duration.ofMinutes(30));
    private static final int STEP_SECONDS = 5;
    private static final int CYCLE_SECONDS = 70;
    private static final int LRAS_PER_SECOND = 160;
    private static final long HEAP = 120L << 20;
    private static final long LIVING_LOG = 27L << 20;

    @Test
    void a_log_that_goes_up_and_down_with_its_checkpoints_does_not_grow() {
        assertThat(course(0, 0, 1).complaints(EARLY, LATE)).isEmpty();
    }

    @Test
    void a_hundred_bytes_of_heap_that_each_lra_leaves_are_noticed() {
        assertThat(course(100, 0, 1).complaints(EARLY, LATE))
                .singleElement()
                .asString()
                .startsWith("the heap grew from 1");
    }

    @Test
    void fifty_bytes_of_log_that_each_lra_leaves_are_noticed() {
        assertThat(course(0, 50, 1).complaints(EARLY, LATE))
                .singleElement()
                .asString()
                .startsWith("the log grew from 4");
    }

    @Test
    void a_load_that_became_less_hides_nothing() {
        assertThat(course(0, 0, 0.5).complaints(EARLY, LATE))
                .singleElement()
                .asString()
                .contains("the load was not the same");
    }

    @Test
    void a_span_in_which_nothing_was_seen_tells_nothing() {
        assertThatThrownBy(() -> new SizeCourse().complaints(EARLY, LATE))
                .hasMessageContaining("Only 0 sizes were seen");
    }

    @Test
    void a_row_tells_the_load_and_the_sizes_of_a_minute() {
        assertThat(course(0, 0, 1).row(new Span(Duration.ofMinutes(3), Duration.ofMinutes(4))))
                .startsWith("minutes 3.0 to 4.0: 9600 LRAs a minute; heap mean 120.0 MB; log 27.");
    }

    /** Half an hour in which each ended LRA leaves so much, and whose second half has such a part of the load. */
    private static SizeCourse course(long heapLeft, long logLeft, double loadLater) {
        SizeCourse course = new SizeCourse();
        double ended = 0;
        for (int second = 0; second < Duration.ofMinutes(30).toSeconds(); second += STEP_SECONDS) {
            boolean later = second >= Duration.ofMinutes(15).toSeconds();
            ended += STEP_SECONDS * LRAS_PER_SECOND * (later ? loadLater : 1);
            long tail = LIVING_LOG * (second % CYCLE_SECONDS) / CYCLE_SECONDS;
            long all = (long) ended;
            course.add(new Sample(
                    Duration.ofSeconds(second), all, HEAP + heapLeft * all, LIVING_LOG + tail + logLeft * all));
        }
        return course;
    }
}
