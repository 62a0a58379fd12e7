package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An endpoint that gives no answer at all: one call at a time finds out when it lives again. */
class DeadEndpointTest extends EngineTest {
    private static final int STUCK = 2_000;

    @Test
    void two_thousand_stuck_transactions_make_a_few_calls_a_minute_and_end_when_the_endpoint_lives_again() {
        participants.answers = call -> isDead(call) ? new Answer.Unreachable("connection refused") : new Answer.Done();
        List<Transaction> stuck = stuck("dead/");
        assertThat(participants.told).hasSizeLessThan(30);
        scheduler.advance(Duration.ofMinutes(1));
        participants.told.clear();

        scheduler.advance(Duration.ofMinutes(10));
        assertThat(participants.told).hasSizeBetween(10, 30);
        assertThat(scheduler.timers()).isLessThan(20);

        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(stuck).allMatch(tx -> state(tx) == TransactionState.CONFIRMED);
    }

    @Test
    void an_endpoint_that_was_dead_is_not_overrun() {
        participants.answers = call -> new Answer.Unreachable("connection refused");
        stuck("dead/");
        scheduler.advance(Duration.ofMinutes(1));
        participants.told.clear();
        participants.silent = call -> true;
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(participants.told).hasSize(1);

        participants.answerOldest(new Answer.Done());
        scheduler.runReady();
        assertThat(participants.unanswered()).isEqualTo(1);
        participants.answerOldest(new Answer.Done());
        scheduler.runReady();
        assertThat(participants.unanswered()).isEqualTo(2);
        for (int i = 0; i < 200; i++) {
            participants.answerOldest(new Answer.Done());
            scheduler.runReady();
            assertThat(participants.unanswered()).isLessThanOrEqualTo(settings.maxCallsPerEndpoint());
        }
        assertThat(participants.unanswered()).isEqualTo(settings.maxCallsPerEndpoint());
    }

    @Test
    void healthy_participants_are_told_at_once_whatever_is_stuck_elsewhere() {
        participants.answers = call -> isDead(call) ? new Answer.Unreachable("connection refused") : new Answer.Done();
        stuck("dead/");

        Transaction healthy = start();
        join(healthy, "alive/a");
        get(coordinator.confirm(healthy.id(), null));
        Transaction mixed = start();
        join(mixed, "alive/b");
        join(mixed, "dead/b");
        get(coordinator.cancel(mixed.id(), null));

        assertThat(state(healthy)).isEqualTo(TransactionState.CONFIRMED);
        assertThat(participants.told).contains("CANCEL alive/b");
    }

    @Test
    void an_answer_of_any_kind_is_a_sign_of_life() {
        participants.answers = call -> isDead(call) ? new Answer.Unknown("500") : new Answer.Done();
        for (int i = 0; i < 20; i++) {
            Transaction tx = start();
            join(tx, "dead/" + i);
            get(coordinator.confirm(tx.id(), null));
        }
        assertThat(participants.told).hasSize(20);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(participants.told.stream().distinct()).hasSize(20);
        assertThat(participants.told).hasSizeGreaterThan(100);
    }

    @Test
    void who_is_told_for_the_first_time_finds_out_soon_that_the_endpoint_lives_again() {
        participants.answers = call -> new Answer.Unreachable("connection refused");
        stuck("dead/");
        scheduler.advance(Duration.ofMinutes(10));
        participants.answers = call -> new Answer.Done();

        Transaction late = start();
        join(late, "dead/late");
        get(coordinator.confirm(late.id(), null));
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(state(late)).isEqualTo(TransactionState.CONFIRMED);
    }

    @Test
    void a_recovery_pass_tries_everything_that_waits_for_a_dead_endpoint() {
        participants.answers = call -> new Answer.Unreachable("connection refused");
        stuck("dead/");
        scheduler.advance(Duration.ofMinutes(5));
        participants.told.clear();

        coordinator.retryNow();
        scheduler.runReady();

        assertThat(participants.told.stream().distinct()).hasSize(STUCK);
    }

    @Test
    void an_endpoint_that_says_that_it_lives_is_told_at_once_what_waits_for_it_and_nobody_else_is() {
        participants.answers = call -> new Answer.Unreachable("connection refused");
        stuck("dead/");
        stuck("other/");
        scheduler.advance(Duration.ofMinutes(5));
        participants.told.clear();

        coordinator.retryNow("dead");
        coordinator.retryNow("unknown");
        scheduler.runReady();

        assertThat(participants.told.stream().distinct()).hasSize(STUCK);
    }

    /** Otherwise it would wait for its next time, which may be far, although the endpoint lives. */
    @Test
    void a_call_that_was_under_way_when_all_was_made_due_and_failed_is_made_again_at_once() {
        participants.silent = call -> true;
        Transaction tx = start();
        join(tx, "dead/a");
        get(coordinator.confirm(tx.id(), null));
        scheduler.runReady();

        coordinator.retryNow("dead");
        scheduler.runReady();
        participants.answerOldest(new Answer.Unreachable("connection refused"));
        scheduler.runReady();
        assertThat(participants.unanswered()).isEqualTo(1);
        participants.answerOldest(new Answer.Unreachable("connection refused"));
        scheduler.runReady();

        assertThat(participants.unanswered()).isZero();
    }

    @Test
    void who_has_moved_is_told_at_its_new_endpoint_at_once() {
        participants.answers = call -> isDead(call) ? new Answer.Unreachable("connection refused") : new Answer.Done();
        List<Transaction> stuck = stuck("dead/");
        Transaction moving = stuck.get(STUCK / 2);
        Participant participant = current(moving).participants().iterator().next();

        get(coordinator.relocate(moving.id(), participant.id(), "alive/a", true));
        scheduler.runReady();

        assertThat(state(moving)).isEqualTo(TransactionState.CONFIRMED);
    }

    @Test
    void who_moves_while_it_is_called_is_told_at_its_new_endpoint_and_holds_up_nobody_at_the_old_one() {
        participants.answers = call -> isDead(call) ? new Answer.Unreachable("connection refused") : new Answer.Done();
        List<Transaction> stuck = stuck("dead/");
        participants.told.clear();
        participants.silent = DeadEndpointTest::isDead;
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(participants.told).hasSize(1);
        String called = participants.told.get(0).replace("CONFIRM ", "");
        Transaction moving = stuck.stream()
                .filter(tx -> current(tx).participants().findByAddress(called).isPresent())
                .findFirst()
                .orElseThrow();
        Participant participant = current(moving).participants().iterator().next();

        get(coordinator.relocate(moving.id(), participant.id(), "alive/a", true));
        participants.answerOldest(new Answer.Unreachable("connection reset"));
        scheduler.runReady();
        assertThat(state(moving)).isEqualTo(TransactionState.CONFIRMED);

        participants.silent = call -> false;
        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(stuck).allMatch(tx -> state(tx) == TransactionState.CONFIRMED);
    }

    @Test
    void a_vote_is_asked_for_at_once_also_of_a_dead_endpoint() {
        participants.answers = call -> new Answer.Unreachable("connection refused");
        stuck("dead/");
        participants.answers = call -> new Answer.Done();
        Transaction tx = start();
        get(coordinator.join(tx.id(), ParticipantKind.VOTING, "dead/voter", "", Set.of(), null));

        assertThat(get(coordinator.prepare(tx.id(), false)).state()).isEqualTo(TransactionState.PREPARED);
    }

    @Test
    void a_silent_participant_holds_back_those_before_it_for_a_short_time_only() {
        participants.silent = call -> call.participant().address().equals("h/c");
        Transaction tx = start();
        join(tx, "h/a");
        join(tx, "h/b");
        join(tx, "h/c");
        get(coordinator.cancel(tx.id(), null));
        scheduler.advance(settings.patience().minusMillis(1));
        assertThat(participants.told).containsExactly("CANCEL h/c");

        scheduler.advance(Duration.ofMillis(1));

        assertThat(participants.told).containsExactly("CANCEL h/c", "CANCEL h/b", "CANCEL h/a");
    }

    @Test
    void a_dead_listener_is_waited_for_no_longer_than_one_attempt() {
        participants.answers = call -> isDead(call) ? new Answer.Unreachable("connection refused") : new Answer.Done();
        Transaction refused = start();
        join(refused, "dead/a", Notice.OUTCOME);
        participants.answers = call -> call.instruction().notice().isPresent()
                ? new Answer.Unreachable("connection refused")
                : new Answer.Done();
        get(coordinator.confirm(refused.id(), null));
        assertThat(get(coordinator.settled(refused.id())).participants().owed()).isEqualTo(1);

        participants.silent = call -> call.instruction().notice().isPresent();
        Transaction silent = start();
        join(silent, "silent/a", Notice.OUTCOME);
        get(coordinator.confirm(silent.id(), null));
        CompletableFuture<Transaction> settled = coordinator.settled(silent.id());
        scheduler.runReady();
        assertThat(settled).isNotDone();
        scheduler.advance(settings.patience());
        assertThat(settled).isCompleted();
    }

    private static boolean isDead(Call call) {
        return call.participant().address().startsWith("dead/");
    }

    private List<Transaction> stuck(String endpoint) {
        List<Transaction> stuck = new ArrayList<>();
        for (int i = 0; i < STUCK; i++) {
            Transaction tx = start();
            join(tx, endpoint + i);
            get(coordinator.confirm(tx.id(), null));
            stuck.add(tx);
        }
        return stuck;
    }
}
