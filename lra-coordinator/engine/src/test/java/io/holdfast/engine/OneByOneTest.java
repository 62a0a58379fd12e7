package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is told to one participant after the other: the undo of actions, and a confirmation that can still be turned round. */
class OneByOneTest extends EngineTest {
    private void joinAction(Transaction tx, String address) {
        get(coordinator.join(tx.id(), ParticipantKind.ACTION, address, "", Set.of(), null));
    }

    @Test
    void the_next_undo_waits_until_the_one_before_has_succeeded_also_over_a_restart() {
        participants.answers =
                call -> call.participant().address().equals("g/b") ? new Answer.Unknown("503") : new Answer.Done();
        Transaction tx = start();
        joinAction(tx, "h/a");
        joinAction(tx, "g/b");
        joinAction(tx, "h/c");
        get(coordinator.cancel(tx.id(), null));
        scheduler.advance(Duration.ofMinutes(2));
        restart();
        scheduler.advance(Duration.ofMinutes(2));
        assertThat(participants.told).startsWith("CANCEL h/c", "CANCEL g/b").doesNotContain("CANCEL h/a");

        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofMinutes(2));

        assertThat(participants.told).endsWith("CANCEL g/b", "CANCEL h/a");
        assertThat(state(tx)).isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void a_person_resolves_the_undo_that_holds_back_the_others_also_while_it_is_repeated() {
        participants.answers = call -> call.participant().address().equals("h/b")
                ? new Answer.Unknown("503")
                : call.participant().address().equals("h/c") ? new Answer.Refused("no") : new Answer.Done();
        Transaction tx = start();
        joinAction(tx, "h/a");
        joinAction(tx, "h/b");
        joinAction(tx, "h/c");
        get(coordinator.cancel(tx.id(), null));
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(participants.told).containsExactly("CANCEL h/c");

        resolve(tx, "h/c");
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(participants.told).contains("CANCEL h/b").doesNotContain("CANCEL h/a");

        resolve(tx, "h/b");
        restart();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(participants.told).endsWith("CANCEL h/a");
        assertThat(state(tx)).isEqualTo(TransactionState.CANCELLED);
    }

    private void resolve(Transaction tx, String address) {
        var participant = current(tx).participants().findByAddress(address).orElseThrow();
        get(coordinator.resolve(tx.id(), participant.id(), "Ann", "done by hand"));
    }

    @Test
    void a_refused_first_confirm_cancels_all_and_the_caller_is_told_so() {
        participants.answers =
                call -> call.instruction() == Instruction.CONFIRM ? new Answer.Refused("no money") : new Answer.Done();
        Transaction tx = start();
        join(tx, "h/a");
        join(tx, "h/b");
        get(coordinator.confirmOneByOne(tx.id(), null));

        Transaction firm = get(coordinator.firm(tx.id(), null, Duration.ofSeconds(5)));

        assertThat(firm.state().cancels()).isTrue();
        assertThat(firm.reason()).isEqualTo(Reason.CONFIRM_REFUSED);
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/b", "CANCEL h/a");
        assertThat(state(tx)).isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void no_answer_is_no_refusal_and_after_the_wait_the_decision_is_firm() {
        participants.answers =
                call -> call.participant().address().equals("h/a") ? new Answer.Unknown("503") : new Answer.Done();
        Transaction tx = start();
        join(tx, "h/a");
        join(tx, "h/b");
        get(coordinator.confirmOneByOne(tx.id(), null));
        CompletableFuture<Transaction> firm = coordinator.firm(tx.id(), null, Duration.ofSeconds(5));
        scheduler.advance(Duration.ofSeconds(4));
        assertThat(firm).isNotDone();
        assertThat(participants.told).doesNotContain("CONFIRM h/b");

        scheduler.advance(Duration.ofSeconds(2));

        assertThat(get(firm).state()).isEqualTo(TransactionState.CONFIRMING);
        assertThat(participants.told).contains("CONFIRM h/b");
        participants.answers = call -> new Answer.Refused("too late");
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(state(tx)).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
    }
}
