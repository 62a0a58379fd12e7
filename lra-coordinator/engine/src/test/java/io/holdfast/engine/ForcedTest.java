package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.AlarmPolicy;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A participant that does not do what it is told is told the other side, since a person says so. */
class ForcedTest extends EngineTest {
    private ParticipantId id(Transaction tx, String address) {
        return current(tx).participants().findByAddress(address).orElseThrow().id();
    }

    private ParticipantState stateOf(Transaction tx, String address) {
        return current(tx).participants().findByAddress(address).orElseThrow().state();
    }

    private CompletableFuture<Transaction> force(Transaction tx, String address) {
        return coordinator.force(tx.id(), id(tx, address), "Ann", "it never answers");
    }

    private Transaction confirming(String... addresses) {
        Transaction tx = start();
        for (String address : addresses) {
            join(tx, address);
        }
        return get(coordinator.confirm(tx.id(), null));
    }

    private static Answer notConfirmed(Call call) {
        return call.instruction() == Instruction.CONFIRM ? new Answer.Unknown("503") : new Answer.Done();
    }

    @Test
    void a_confirm_that_never_succeeds_is_followed_by_a_cancel_and_not_repeated() {
        participants.answers =
                call -> call.participant().address().equals("h/a") ? notConfirmed(call) : new Answer.Done();
        Transaction tx = confirming("h/a", "h/b");
        scheduler.advance(Duration.ofMinutes(5));
        int confirms = participants.told.size();

        get(force(tx, "h/a"));
        scheduler.advance(Duration.ofHours(1));

        assertThat(participants.told.subList(confirms, participants.told.size()))
                .containsExactly("CANCEL h/a");
        assertThat(state(tx)).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
        assertThat(stateOf(tx, "h/a")).isEqualTo(ParticipantState.CANCELLED);
        assertThat(stateOf(tx, "h/b")).isEqualTo(ParticipantState.CONFIRMED);
        get(coordinator.resolve(tx.id(), "Ann", "seen"));
        assertUnknown(tx.id());
    }

    @Test
    void a_cancel_that_never_succeeds_is_followed_by_a_confirm() {
        participants.answers =
                call -> call.instruction() == Instruction.CANCEL ? new Answer.Unknown("503") : new Answer.Done();
        Transaction tx = start();
        join(tx, "h/a");
        get(coordinator.cancel(tx.id(), null));
        scheduler.advance(Duration.ofMinutes(5));

        get(force(tx, "h/a"));
        scheduler.advance(Duration.ofHours(1));

        assertThat(participants.told).endsWith("CANCEL h/a", "CONFIRM h/a");
        assertThat(state(tx)).isEqualTo(TransactionState.FAILED_TO_CANCEL);
        assertThat(stateOf(tx, "h/a")).isEqualTo(ParticipantState.CONFIRMED);
    }

    @Test
    void the_other_side_is_told_until_it_answers_also_after_a_restart_and_from_a_checkpoint() {
        participants.answers = call -> new Answer.Unknown("503");
        Transaction tx = confirming("h/a");
        get(force(tx, "h/a"));
        for (boolean checkpoint : List.of(false, true)) {
            if (checkpoint) {
                coordinator.checkpoint();
            }
            participants.told.clear();
            restart();
            scheduler.advance(Duration.ofMinutes(5));
            assertThat(participants.told).isNotEmpty().containsOnly("CANCEL h/a");
        }
        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(stateOf(tx, "h/a")).isEqualTo(ParticipantState.CANCELLED);
        restart();
        assertThat(state(tx)).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
    }

    @Test
    void it_is_told_only_when_it_is_durable_that_it_is_forced() {
        participants.answers = ForcedTest::notConfirmed;
        Transaction tx = confirming("h/a");
        List<Integer> forces = new ArrayList<>();
        int before = disk.forces();
        participants.answers = call -> {
            forces.add(disk.forces());
            return notConfirmed(call);
        };

        get(force(tx, "h/a"));

        assertThat(participants.told).endsWith("CANCEL h/a");
        assertThat(forces).last().satisfies(count -> assertThat(count).isGreaterThan(before));
    }

    @Test
    void an_answer_to_the_earlier_instruction_is_not_taken_for_one_to_the_other() {
        for (Answer late : List.of(
                new Answer.Done(),
                new Answer.Refused("no"),
                new Answer.InProgress("progress"),
                new Answer.Unreachable("time-out"))) {
            participants.silent = call -> true;
            Transaction tx = confirming("h/a");
            get(force(tx, "h/a"));
            assertThat(participants.unanswered()).isEqualTo(2);
            participants.told.clear();

            participants.answerOldest(late);
            scheduler.advance(Duration.ofSeconds(30));

            assertThat(current(tx).participants().findByAddress("h/a").orElseThrow())
                    .satisfies(participant ->
                            assertThat(participant.state()).as("after " + late).isEqualTo(ParticipantState.CANCELLING))
                    .satisfies(participant ->
                            assertThat(participant.progressAddress()).isNull());
            assertThat(participants.told).as("after " + late).isEmpty();
            assertThat(participants.alarms).isEmpty();

            participants.answerOldest(new Answer.Done());
            scheduler.runReady();
            assertThat(stateOf(tx, "h/a")).isEqualTo(ParticipantState.CANCELLED);
        }
    }

    @Test
    void the_first_of_a_confirmation_that_can_be_turned_round_turns_it_round_also_when_it_confirms_late() {
        participants.silent = call -> call.instruction() == Instruction.CONFIRM;
        Transaction tx = start();
        join(tx, "h/a");
        join(tx, "h/b");
        get(coordinator.confirmOneByOne(tx.id(), null));
        CompletableFuture<Transaction> firm = coordinator.firm(tx.id(), null, Duration.ofMinutes(1));

        Transaction turned = get(force(tx, "h/a"));
        participants.answerOldest(new Answer.Done());

        assertThat(turned.reason()).isEqualTo(Reason.CONFIRM_REFUSED);
        assertThat(get(firm).state().cancels()).isTrue();
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/b", "CANCEL h/a");
        assertThat(state(tx)).isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void one_that_gives_no_answer_to_the_other_side_either_raises_an_alarm_of_its_own() {
        coordinator.close();
        settings = Settings.FOR_LRAS.withAlarms(new AlarmPolicy(3, Duration.ZERO));
        restart();
        participants.answers = call -> new Answer.Unknown("503");
        Transaction tx = confirming("h/a");
        scheduler.advance(Duration.ofMinutes(5));

        get(force(tx, "h/a"));
        scheduler.advance(Duration.ofMinutes(5));

        assertThat(participants.alarms)
                .extracting(Alarm::instruction)
                .containsExactly(Instruction.CONFIRM, Instruction.CANCEL);
    }

    @Test
    void who_is_not_being_told_is_not_forced() {
        Transaction tx = start();
        join(tx, "h/a");
        assertThat(refusal(force(tx, "h/a"))).isEqualTo(Refusal.NOT_BEING_TOLD);
        participants.answers =
                call -> call.participant().address().equals("h/b") ? new Answer.Unknown("503") : new Answer.Done();
        join(tx, "h/b");
        get(coordinator.confirm(tx.id(), null));
        assertThat(refusal(force(tx, "h/a"))).isEqualTo(Refusal.ANSWERED);
        assertThat(refusal(coordinator.force(tx.id(), new ParticipantId("nobody"), "Ann", "why")))
                .isEqualTo(Refusal.UNKNOWN_PARTICIPANT);
        assertThat(stateOf(tx, "h/b")).isEqualTo(ParticipantState.CONFIRMING);
    }
}
