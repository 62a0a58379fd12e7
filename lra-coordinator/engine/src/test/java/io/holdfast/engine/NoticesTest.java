package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What participants are owed when their part is over. */
class NoticesTest extends EngineTest {
    @Test
    void the_outcome_is_told_after_the_end_until_it_is_acknowledged() {
        participants.answers = refusingTo(Instruction.OUTCOME);
        Transaction tx = start();
        join(tx, "h/a", Notice.OUTCOME);
        get(coordinator.confirm(tx.id(), null));
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(state(tx)).isEqualTo(TransactionState.CONFIRMED);
        assertThat(participants.told).hasSizeGreaterThan(10).startsWith("CONFIRM h/a", "OUTCOME h/a", "OUTCOME h/a");

        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofMinutes(1));
        int told = participants.told.size();
        scheduler.advance(Duration.ofMinutes(10));

        assertThat(participants.told).hasSize(told);
        assertThat(current(tx).participants().owed()).isZero();
    }

    @Test
    void the_outcome_is_told_again_after_a_restart_but_not_once_it_was_acknowledged() {
        participants.answers = refusingTo(Instruction.OUTCOME);
        Transaction tx = start();
        join(tx, "h/a", Notice.OUTCOME);
        get(coordinator.cancel(tx.id(), null));
        coordinator.checkpoint();
        participants.answers = call -> new Answer.Done();
        participants.told.clear();

        restart();
        scheduler.runReady();
        assertThat(participants.told).containsExactly("OUTCOME h/a");

        coordinator.checkpoint();
        restart();
        scheduler.runReady();
        assertThat(participants.told).containsExactly("OUTCOME h/a");
    }

    @Test
    void a_participant_that_failed_for_good_may_forget_also_after_a_restart() {
        participants.answers =
                call -> call.instruction() == Instruction.CANCEL ? new Answer.Refused("no") : new Answer.Unknown("503");
        Transaction tx = start();
        join(tx, "h/a", Notice.FORGET);
        join(tx, "h/b");
        get(coordinator.cancel(tx.id(), null));
        assertThat(participants.told).contains("FORGET h/a").doesNotContain("FORGET h/b");
        participants.told.clear();
        participants.answers = call -> new Answer.Done();

        restart();
        scheduler.runReady();

        assertThat(participants.told).containsExactly("FORGET h/a");
        assertThat(state(tx)).isEqualTo(TransactionState.FAILED_TO_CANCEL);
    }

    @Test
    void who_failed_may_forget_before_the_others_have_answered() {
        participants.answers = call -> call.participant().address().equals("h/a")
                ? call.instruction() == Instruction.CONFIRM ? new Answer.Refused("no") : new Answer.Done()
                : new Answer.Unknown("503");
        Transaction tx = start();
        join(tx, "h/a", Notice.FORGET);
        join(tx, "h/b");
        get(coordinator.confirm(tx.id(), null));

        assertThat(participants.told).contains("FORGET h/a");
        assertThat(state(tx)).isEqualTo(TransactionState.CONFIRMING);
    }

    @Test
    void a_notice_that_is_being_told_is_not_begun_again_at_the_end() {
        participants.silent = call -> call.instruction() == Instruction.FORGET
                || call.participant().address().equals("h/b");
        participants.answers = call -> new Answer.Refused("no");
        Transaction tx = start();
        join(tx, "h/a", Notice.FORGET);
        join(tx, "h/b");
        get(coordinator.confirm(tx.id(), null));
        assertThat(participants.told).containsExactly("CONFIRM h/a", "CONFIRM h/b", "FORGET h/a");

        participants.told.clear();
        participants.answerOldest(new Answer.Done());
        scheduler.runReady();
        assertThat(state(tx)).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
        assertThat(participants.told).isEmpty();

        restart();
        scheduler.runReady();
        assertThat(participants.told).containsExactly("FORGET h/a");
    }

    @Test
    void nobody_is_told_the_end_before_it_is_durable() {
        Transaction tx = start();
        join(tx, "h/a", Notice.OUTCOME);
        participants.silent = call -> true;
        get(coordinator.confirm(tx.id(), null));
        int before = disk.forces();
        List<Integer> forcesAtNotices = new ArrayList<>();
        participants.silent = call -> {
            forcesAtNotices.add(disk.forces());
            return false;
        };

        participants.answerOldest(new Answer.Done());
        scheduler.runReady();

        assertThat(forcesAtNotices).hasSize(1).allMatch(forces -> forces > before);
    }

    @Test
    void who_has_confirmed_is_not_told_to_forget() {
        Transaction tx = start();
        join(tx, "h/a", Notice.FORGET);
        get(coordinator.confirm(tx.id(), null));
        scheduler.runReady();

        assertThat(participants.told).containsExactly("CONFIRM h/a");
    }

    @Test
    void a_listener_has_no_part_and_joins_until_the_end() {
        participants.answers = refusingTo(Instruction.CANCEL);
        Transaction tx = start();
        join(tx, "h/a");
        listen(tx, "h/early");
        get(coordinator.cancel(tx.id(), null));
        listen(tx, "h/late");
        assertThat(refusal(coordinator.join(tx.id(), ParticipantKind.ACTED, "h/b", "", Set.of(), null)))
                .isEqualTo(Refusal.NOT_ACTIVE);
        restart();
        participants.answers = call -> new Answer.Done();
        participants.told.clear();
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(participants.told).containsOnlyOnce("OUTCOME h/early", "OUTCOME h/late");
        assertThat(state(tx)).isEqualTo(TransactionState.CANCELLED);
        assertThat(refusal(coordinator.join(
                        tx.id(), ParticipantKind.LISTENER, "h/later", "", Set.of(Notice.OUTCOME), null)))
                .isEqualTo(Refusal.NOT_ACTIVE);
    }

    @Test
    void a_transaction_with_listeners_only_ends_at_once() {
        Transaction tx = start();
        listen(tx, "h/l");

        assertThat(get(coordinator.confirm(tx.id(), null)).state()).isEqualTo(TransactionState.CONFIRMED);
        scheduler.runReady();
        assertThat(participants.told).containsExactly("OUTCOME h/l");
    }

    @Test
    void an_ended_transaction_stays_until_all_notices_are_acknowledged() {
        participants.answers = refusingTo(Instruction.OUTCOME);
        Transaction tx = start();
        join(tx, "h/a", Notice.OUTCOME);
        get(coordinator.confirm(tx.id(), null));
        scheduler.advance(Duration.ofDays(3));
        get(coordinator.forget(tx.id(), null));
        assertThat(state(tx)).isEqualTo(TransactionState.CONFIRMED);

        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofHours(2));

        assertUnknown(tx.id());
    }

    @Test
    void an_owners_forget_loses_no_notice() {
        participants.answers = refusingTo(Instruction.OUTCOME);
        Transaction tx = get(coordinator.start("origin", "token", null));
        join(tx, "h/a", Notice.OUTCOME);
        get(coordinator.confirm(tx.id(), "token"));
        get(coordinator.forget(tx.id(), "token"));
        restart();
        scheduler.runReady();
        assertThat(state(tx)).isEqualTo(TransactionState.CONFIRMED);

        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofHours(2));

        assertThat(participants.told).endsWith("OUTCOME h/a");
        assertUnknown(tx.id());
    }

    @Test
    void who_has_moved_after_the_end_is_told_at_its_new_address() {
        participants.answers = call -> call.participant().address().startsWith("dead/")
                        && call.instruction().notice().isPresent()
                ? new Answer.Unreachable("connection refused")
                : new Answer.Done();
        Transaction tx = start();
        Joined moving = join(tx, "dead/a", Notice.OUTCOME);
        listen(tx, "dead/b");
        get(coordinator.confirm(tx.id(), null));
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(state(tx)).isEqualTo(TransactionState.CONFIRMED);

        get(coordinator.relocate(tx.id(), moving.participant().id(), "alive/a", true));
        scheduler.runReady();

        assertThat(participants.told).endsWith("OUTCOME alive/a");
        assertThat(current(tx).participant(moving.participant().id()).owed()).isEmpty();
        assertThat(current(tx).participants().owed()).isEqualTo(1);
    }

    @Test
    void where_it_has_moved_after_the_end_survives_a_restart() {
        Transaction tx = start();
        Joined moving = join(tx, "h/a", Notice.FORGET);
        participants.answers =
                call -> call.instruction() == Instruction.CANCEL ? new Answer.Refused("no") : new Answer.Unknown("503");
        get(coordinator.cancel(tx.id(), null));
        get(coordinator.relocate(tx.id(), moving.participant().id(), "alive/a", true));
        participants.answers = call -> new Answer.Done();
        participants.told.clear();

        restart();
        scheduler.runReady();

        assertThat(participants.told).containsExactly("FORGET alive/a");
    }

    @Test
    void who_has_been_told_everything_cannot_move() {
        participants.answers = call ->
                call.participant().address().equals("h/b") && call.instruction() == Instruction.OUTCOME
                        ? new Answer.Unknown("503")
                        : new Answer.Done();
        Transaction tx = start();
        Joined told = join(tx, "h/a", Notice.OUTCOME);
        join(tx, "h/b", Notice.OUTCOME);
        get(coordinator.confirm(tx.id(), null));

        assertThat(refusal(coordinator.relocate(tx.id(), told.participant().id(), "h/c", true)))
                .isEqualTo(Refusal.NOT_ACTIVE);
    }

    private void listen(Transaction tx, String address) {
        get(coordinator.join(tx.id(), ParticipantKind.LISTENER, address, "", Set.of(Notice.OUTCOME), null));
    }

    private static Function<Call, Answer> refusingTo(Instruction instruction) {
        return call -> call.instruction() == instruction ? new Answer.Unknown("503") : new Answer.Done();
    }
}
