package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.holdfast.engine.delivery.AlarmPolicy;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Attempts;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Transaction;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a person can ask about participants that are being told. */
class AttemptsTest extends EngineTest {
    private List<Attempts> attempts(Transaction... transactions) {
        return coordinator.attempts(
                Arrays.stream(transactions).map(Transaction::id).collect(Collectors.toSet()));
    }

    @Test
    void who_gives_no_answer_is_told_of_with_the_attempts_and_the_last_result_until_it_answers() {
        coordinator.close();
        settings = Settings.FOR_LRAS.withAlarms(new AlarmPolicy(3, Duration.ZERO));
        restart();
        participants.answers = call -> new Answer.Unknown("503 to " + call.attempt());
        Transaction tx = start();
        var stuck = join(tx, "h/a").participant();
        Transaction other = start();
        join(other, "h/b");
        get(coordinator.cancel(tx.id(), null));
        get(coordinator.cancel(other.id(), null));

        assertThat(attempts(tx))
                .containsExactly(new Attempts(tx.id(), stuck.id(), Instruction.CANCEL, 1, "503 to 1", false));
        assertThat(attempts(tx, other)).hasSize(2);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(attempts(tx)).singleElement().satisfies(now -> {
            assertThat(now.made()).isGreaterThan(2);
            assertThat(now.lastResult()).isEqualTo("503 to " + now.made());
            assertThat(now.alarmed()).isTrue();
        });

        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(attempts(tx, other)).isEmpty();
    }

    @Test
    void a_first_call_that_is_under_way_has_brought_nothing() {
        participants.silent = call -> true;
        Transaction tx = start();
        join(tx, "h/a");
        get(coordinator.cancel(tx.id(), null));

        assertThat(attempts(tx))
                .extracting(Attempts::made, Attempts::lastResult, Attempts::alarmed)
                .containsExactly(tuple(1, "", false));
        participants.answerOldest(new Answer.Done());
        scheduler.runReady();
        assertThat(attempts(tx)).isEmpty();
    }

    @Test
    void what_waits_for_a_silent_endpoint_without_a_call_says_so() {
        participants.answers = call -> new Answer.Unreachable("time-out");
        for (int i = 0; i < 200; i++) {
            Transaction tx = start();
            join(tx, "h/" + i);
            get(coordinator.cancel(tx.id(), null));
        }
        Transaction last = start();
        join(last, "h/last");
        get(coordinator.cancel(last.id(), null));

        assertThat(attempts(last))
                .extracting(Attempts::made, Attempts::lastResult)
                .containsExactly(tuple(0, "its endpoint was silent"));
    }
}
