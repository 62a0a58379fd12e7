package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.AlarmPolicy;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AlarmTest extends EngineTest {
    private void alarmAfter(int attempts, Duration time) {
        coordinator.close();
        settings = Settings.FOR_LRAS.withAlarms(new AlarmPolicy(attempts, time));
        restart();
    }

    @Test
    void one_alarm_is_raised_after_the_number_of_attempts_and_repeating_goes_on() {
        alarmAfter(3, Duration.ZERO);
        participants.answers = call -> new Answer.Unknown("503");
        Transaction tx = start();
        join(tx, "h/a");
        get(coordinator.cancel(tx.id(), null));
        scheduler.advance(Duration.ofMillis(300));
        assertThat(participants.told).hasSize(2);
        assertThat(participants.alarms).isEmpty();

        scheduler.advance(Duration.ofMinutes(10));

        assertThat(participants.alarms).singleElement().satisfies(alarm -> {
            assertThat(alarm.attempts()).isEqualTo(3);
            assertThat(alarm.refused()).isFalse();
            assertThat(alarm.cause()).isEqualTo("503");
            assertThat(alarm.participant().address()).isEqualTo("h/a");
        });
        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(state(tx)).isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void one_alarm_is_raised_after_the_time_also_for_what_waits_for_a_silent_endpoint() {
        alarmAfter(0, Duration.ofMinutes(8));
        participants.answers = call -> new Answer.Unreachable("time-out");
        for (int i = 0; i < 200; i++) {
            Transaction tx = start();
            join(tx, "h/" + i);
            get(coordinator.cancel(tx.id(), null));
        }
        scheduler.advance(Duration.ofMinutes(7));
        assertThat(participants.alarms).isEmpty();

        scheduler.advance(Duration.ofMinutes(3));
        assertThat(participants.alarms).isNotEmpty();
        int raised = participants.alarms.size();
        scheduler.advance(Duration.ofHours(1));

        assertThat(participants.alarms.size()).isGreaterThanOrEqualTo(raised);
        assertThat(participants.alarms.stream().map(Alarm::transaction).distinct())
                .hasSameSizeAs(participants.alarms);
    }

    @Test
    void what_was_done_in_time_raises_none_and_leaves_no_timer() {
        alarmAfter(0, Duration.ofMinutes(8));
        participants.answers = call -> call.attempt() == 1 ? new Answer.Unknown("503") : new Answer.Done();
        Transaction tx = start();
        join(tx, "h/a");
        get(coordinator.cancel(tx.id(), null));

        scheduler.advance(Duration.ofMinutes(30));

        assertThat(participants.alarms).isEmpty();
        assertThat(scheduler.timers()).isLessThan(3);
    }

    @Test
    void a_refusal_raises_one_at_once() {
        participants.answers = call -> new Answer.Refused("no");
        Transaction tx = start();
        join(tx, "h/a");
        get(coordinator.cancel(tx.id(), null));
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(participants.alarms).singleElement().satisfies(alarm -> assertThat(alarm.refused())
                .isTrue());
    }

    @Test
    void bad_bounds_are_refused() {
        assertThatThrownBy(() -> new AlarmPolicy(-1, Duration.ZERO)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new AlarmPolicy(1, Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
    }

    private Transaction heldIn(Transaction parent) {
        Transaction nested = get(coordinator.startNested(parent.id(), "nested", "token", Duration.ofMinutes(1)));
        join(nested, "h/a");
        return get(coordinator.hold(nested.id(), "token"));
    }

    @Test
    void one_is_raised_for_a_nested_transaction_whose_owner_does_not_end_it() {
        alarmAfter(0, Duration.ofMinutes(8));
        Transaction parent = start();
        Transaction nested = heldIn(parent);
        get(coordinator.cancel(parent.id(), null));
        scheduler.advance(Duration.ofMinutes(7));
        assertThat(participants.alarms).isEmpty();

        scheduler.advance(Duration.ofHours(1));

        assertThat(participants.alarms).singleElement().satisfies(alarm -> {
            assertThat(alarm.transaction().id()).isEqualTo(parent.id());
            assertThat(alarm.participant().address()).isEqualTo(nested.id().value());
            assertThat(alarm.cause()).contains("PREPARED").contains("owner");
        });
        get(coordinator.cancel(nested.id(), "token"));
        assertThat(participants.told).containsExactly("CANCEL h/a");
        assertThat(state(parent)).isEqualTo(TransactionState.CANCELLED);
    }

    /** Also between two attempts. */
    @Test
    void the_end_of_a_nested_transaction_is_noticed_at_once_however_long_it_was_waited_for() {
        for (int seconds = 1; seconds < 150; seconds += 7) {
            Transaction parent = start();
            Transaction nested = heldIn(parent);
            get(coordinator.confirm(parent.id(), null));
            scheduler.advance(Duration.ofSeconds(seconds));

            get(coordinator.confirm(nested.id(), "token"));

            assertThat(state(parent)).isEqualTo(TransactionState.CONFIRMED);
            get(coordinator.forget(nested.id(), "token"));
        }
    }

    @Test
    void a_participant_of_a_nested_transaction_that_gives_no_answer_raises_one_alarm_and_the_owner_none() {
        alarmAfter(0, Duration.ofMinutes(8));
        participants.answers = call -> new Answer.Unreachable("time-out");
        Transaction parent = start();
        Transaction nested = get(coordinator.startNested(parent.id(), "nested", "token", Duration.ofMinutes(1)));
        join(nested, "h/a");
        get(coordinator.cancel(parent.id(), null));

        scheduler.advance(Duration.ofHours(1));

        assertThat(participants.alarms)
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.transaction().id()).isEqualTo(nested.id()));
    }
}
