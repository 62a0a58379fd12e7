package io.holdfast.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AlarmSenderTest {
    private final List<String> sent = new ArrayList<>();
    private final Queue<CompletableFuture<Integer>> answers = new ArrayDeque<>();
    private final List<Duration> intervals = new ArrayList<>();
    private final Queue<Runnable> due = new ArrayDeque<>();
    private final List<String> givenUp = new ArrayList<>();
    private final AlarmSender sender = new AlarmSender(
            json -> {
                sent.add(json);
                CompletableFuture<Integer> answer = new CompletableFuture<>();
                answers.add(answer);
                return answer;
            },
            (delay, task) -> {
                intervals.add(delay);
                due.add(task);
                return () -> {};
            },
            (why, json) -> givenUp.add(json + ": " + why));

    @Test
    void an_alarm_that_is_answered_with_success_is_sent_once() {
        sender.send("one");
        answer(204);

        assertThat(sent).containsExactly("one");
        assertThat(due).isEmpty();
        assertThat(givenUp).isEmpty();
    }

    @Test
    void an_alarm_without_an_answer_is_sent_again_at_growing_intervals_and_then_given_up() {
        sender.send("one");
        for (int i = 1; i < 6; i++) {
            fail();
            due.remove().run();
        }
        answer(503);

        assertThat(sent).hasSize(6).containsOnly("one");
        assertThat(intervals).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
        assertThat(givenUp).containsExactly("one: status 503");
    }

    @Test
    void few_are_under_way_at_once_and_the_others_wait_their_turn() {
        for (int i = 0; i < 6; i++) {
            sender.send("alarm " + i);
        }
        assertThat(sent).hasSize(AlarmSender.MOST_AT_ONCE);

        answer(200);
        answer(200);

        assertThat(sent).hasSize(6).endsWith("alarm 4", "alarm 5");
    }

    @Test
    void what_finds_no_place_to_wait_is_given_up_and_said() {
        for (int i = 0; i < AlarmSender.MOST_AT_ONCE + AlarmSender.MOST_WAITING; i++) {
            sender.send("alarm");
        }
        sender.send("one more");

        assertThat(givenUp).containsExactly("one more: 10000 alarms wait before it");
    }

    private void answer(int status) {
        answers.remove().complete(status);
    }

    private void fail() {
        answers.remove().completeExceptionally(new IOException("no answer"));
    }
}
