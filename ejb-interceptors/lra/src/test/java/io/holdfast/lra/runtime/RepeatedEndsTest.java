package io.holdfast.lra.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lra.client.CoordinatorAddress;
import io.holdfast.lra.client.CoordinatorClient;
import io.holdfast.lra.client.CoordinatorException;
import io.holdfast.lra.client.CoordinatorSettings;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.messages.LoggedLines;
import io.holdfast.lra.rest.FakeCoordinator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RepeatedEndsTest {
    private final HandTimers timers = new HandTimers();
    private FakeCoordinator coordinator;
    private FakeCoordinator other;
    private CoordinatorClient client;
    private RepeatedEnds ends;
    private LoggedLines log;

    @BeforeEach
    void open() throws IOException {
        coordinator = new FakeCoordinator();
        other = new FakeCoordinator();
        client = new CoordinatorClient(CoordinatorSettings.of(
                CoordinatorAddress.parse(coordinator.url()), CoordinatorAddress.parse(other.url())));
        ends = new RepeatedEnds(client, timers, 3);
        log = new LoggedLines();
    }

    @AfterEach
    void close() {
        log.close();
        ends.close();
        client.close();
        coordinator.close();
        other.close();
    }

    /** As the gate does, at whose first attempt the coordinator is to fail. */
    private void end(String lra, Ending ending) throws CoordinatorException {
        End end = new End(LraId.parse(lra), ending, "Shop#buy");
        try {
            end.tell(client);
        } catch (CoordinatorException failure) {
            ends.add(end, failure);
            return;
        }
        throw new AssertionError("ended at once");
    }

    private static List<Duration> millis(long... delays) {
        return LongStream.of(delays).mapToObj(Duration::ofMillis).toList();
    }

    @Test
    void the_intervals_double_from_half_a_second_to_thirty_seconds() throws Exception {
        String lra = coordinator.activeLra();
        coordinator.answers("close", 503, "");
        end(lra, Ending.CLOSE);
        for (int i = 0; i < 8; i++) {
            timers.runNext();
        }
        coordinator.recovers("close");

        timers.runNext();

        assertThat(coordinator.stateOf(lra)).isEqualTo("Closed");
        assertThat(timers.delays()).isEqualTo(millis(500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000));
        assertThat(timers.areIdle()).isTrue();
        assertThat(log.numbers()).containsExactly("HFPAR038", "HFPAR039");
        assertThat(log.lines().get(1)).contains("at attempt 10: Closed");
    }

    @Test
    void one_that_is_refused_holds_back_no_other_of_its_coordinator() throws Exception {
        String first = coordinator.activeLra();
        String second = coordinator.activeLra();
        coordinator.answersNext("close", 503, 503, 403);
        end(first, Ending.CLOSE);
        end(second, Ending.CLOSE);

        timers.runNext();

        assertThat(coordinator.stateOf(first)).isEqualTo("Active");
        assertThat(coordinator.stateOf(second)).isEqualTo("Closed");
        timers.runNext();
        assertThat(coordinator.stateOf(first)).isEqualTo("Closed");
        assertThat(timers.delays()).isEqualTo(millis(500, 500));
    }

    @Test
    void a_coordinator_that_is_away_is_called_for_one_at_a_time_and_for_another_the_next_time() throws Exception {
        String first = coordinator.activeLra();
        String second = coordinator.activeLra();
        coordinator.hangsUpOn("close");
        end(first, Ending.CLOSE);
        end(second, Ending.CLOSE);
        int before = coordinator.calls().size();

        timers.runNext();
        timers.runNext();

        assertThat(coordinator.calls().subList(before, coordinator.calls().size()))
                .containsOnlyOnce(closing(first))
                .containsOnlyOnce(closing(second))
                .hasSize(2);
    }

    private static String closing(String lra) {
        return "close " + lra.substring(lra.lastIndexOf('/') + 1);
    }

    @Test
    void a_coordinator_that_is_away_holds_back_no_lra_of_another() throws Exception {
        String away = coordinator.activeLra();
        String here = other.activeLra();
        coordinator.hangsUpOn("close");
        other.answersNext("close", 503);
        end(away, Ending.CLOSE);
        end(here, Ending.CLOSE);

        timers.runNext();
        timers.runNext();

        assertThat(other.stateOf(here)).isEqualTo("Closed");
        assertThat(timers.delays()).isEqualTo(millis(500, 500, 1000));
    }

    @Test
    void an_lra_that_is_forgotten_after_a_lost_answer_has_ended_as_it_was_to() throws Exception {
        coordinator.hangsUpOn("close");
        end(coordinator.activeLra(), Ending.CLOSE);
        coordinator.answers("close", 410, "");

        timers.runNext();

        assertThat(timers.areIdle()).isTrue();
        assertThat(log.numbers()).containsExactly("HFPAR038", "HFPAR039");
    }

    @Test
    void an_lra_that_is_forgotten_after_no_attempt_arrived_was_ended_otherwise() throws Exception {
        String lra = coordinator.activeLra();
        String port = coordinator.url().replaceAll(".*:(\\d+)/.*", "$1");
        coordinator.close();
        end(lra, Ending.CLOSE);
        coordinator = new FakeCoordinator(Integer.parseInt(port));

        timers.runNext();

        assertThat(timers.areIdle()).isTrue();
        assertThat(log.numbers()).containsExactly("HFPAR038", "HFPAR021");
    }

    @Test
    void an_lra_that_was_cancelled_meanwhile_is_not_asked_for_again_and_the_log_says_so() throws Exception {
        String lra = coordinator.activeLra();
        coordinator.answersNext("close", 503, 412);
        end(lra, Ending.CLOSE);

        timers.runNext();

        assertThat(timers.areIdle()).isTrue();
        assertThat(log.numbers()).containsExactly("HFPAR038", "HFPAR021");
    }

    @Test
    void more_than_can_wait_are_given_up_with_a_line() throws Exception {
        coordinator.answers("cancel", 503, "");
        for (int i = 0; i < 4; i++) {
            end(coordinator.activeLra(), Ending.CANCEL);
        }

        assertThat(log.numbers()).containsExactly("HFPAR038", "HFPAR038", "HFPAR038", "HFPAR040");
    }

    @Test
    void what_waits_when_it_is_closed_is_given_up_with_a_line_and_what_comes_later_too() throws Exception {
        String lra = coordinator.activeLra();
        coordinator.answersNext("close", 503, 503);
        end(lra, Ending.CLOSE);

        ends.close();
        end(lra, Ending.CLOSE);

        assertThat(timers.areIdle()).isTrue();
        assertThat(log.numbers()).containsExactly("HFPAR038", "HFPAR040", "HFPAR040");
        assertThat(coordinator.stateOf(lra)).isEqualTo("Active");
    }
}
