package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Transactions within transactions. */
class NestingTest extends EngineTest {
    @Test
    void a_nested_one_that_was_confirmed_is_cancelled_with_its_parent() {
        Transaction parent = start();
        Transaction nested = nest(parent);
        join(nested, "h/a");
        get(coordinator.confirm(nested.id(), null));
        assertThat(state(nested)).isEqualTo(TransactionState.CONFIRMED);

        get(coordinator.cancel(parent.id(), null));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/a");
        assertThat(state(nested)).isEqualTo(TransactionState.CANCELLED);
        assertThat(state(parent)).isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void a_nested_one_that_was_confirmed_is_cancelled_with_its_parent_also_after_a_restart() {
        Transaction parent = start();
        Transaction nested = nest(parent);
        join(nested, "h/a");
        get(coordinator.confirm(nested.id(), null));
        coordinator.checkpoint();
        restart();
        scheduler.advance(Duration.ofDays(2));

        get(coordinator.cancel(parent.id(), null));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/a");
    }

    @Test
    void a_nested_one_is_settled_when_its_parent_confirms_and_its_participants_may_forget() {
        Transaction parent = start();
        Transaction nested = nest(parent);
        join(nested, "h/a", Notice.FORGET, Notice.OUTCOME);
        get(coordinator.confirm(nested.id(), null));
        assertThat(participants.told).containsExactly("CONFIRM h/a");
        assertThat(current(nested).isProvisional()).isTrue();

        get(coordinator.confirm(parent.id(), null));

        assertThat(participants.told).containsExactlyInAnyOrder("CONFIRM h/a", "FORGET h/a", "OUTCOME h/a");
        assertThat(current(nested).isProvisional()).isFalse();
    }

    @Test
    void a_nested_one_below_a_confirmed_nested_one_is_for_good_only_with_the_top_level() {
        Transaction top = start();
        Transaction middle = nest(top);
        Transaction bottom = nest(middle);
        join(bottom, "h/a", Notice.FORGET);
        get(coordinator.confirm(middle.id(), null));
        assertThat(participants.told).containsExactly("CONFIRM h/a");

        get(coordinator.confirm(top.id(), null));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "FORGET h/a");
        assertThat(current(bottom).isProvisional()).isFalse();
    }

    @Test
    void cancelling_the_top_level_reaches_what_was_confirmed_two_levels_below() {
        Transaction top = start();
        Transaction middle = nest(top);
        Transaction bottom = nest(middle);
        join(bottom, "h/a");
        get(coordinator.confirm(middle.id(), null));

        get(coordinator.cancel(top.id(), null));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/a");
    }

    @Test
    void who_has_moved_after_it_confirmed_provisionally_is_cancelled_at_its_new_address() {
        Transaction top = start();
        Transaction nested = nest(top);
        Joined moving = join(nested, "h/a");
        get(coordinator.confirm(nested.id(), null));
        get(coordinator.relocate(nested.id(), moving.participant().id(), "h/b", true));

        get(coordinator.cancel(top.id(), null));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/b");
    }

    @Test
    void a_nested_one_that_is_active_follows_its_parent() {
        Transaction closing = start();
        join(nest(closing), "h/a");
        get(coordinator.confirm(closing.id(), null));
        Transaction cancelling = start();
        Transaction nested = nest(cancelling);
        join(nested, "h/b");
        get(coordinator.cancel(cancelling.id(), null));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/b");
        assertThat(current(nested).reason()).isEqualTo(Reason.PARENT);
    }

    @Test
    void who_confirmed_only_because_the_top_level_did_never_had_to_wait_and_is_not_told_to_forget() {
        Transaction top = start();
        Transaction middle = nest(top);
        Transaction bottom = nest(middle);
        join(middle, "h/a", Notice.FORGET, Notice.OUTCOME);
        join(bottom, "h/b", Notice.FORGET, Notice.OUTCOME);

        get(coordinator.confirm(top.id(), null));

        assertThat(participants.told)
                .containsExactlyInAnyOrder("CONFIRM h/a", "CONFIRM h/b", "OUTCOME h/a", "OUTCOME h/b");
    }

    @Test
    void a_transaction_is_settled_when_those_below_have_been_told_once() {
        participants.silent = call -> call.instruction() == Instruction.OUTCOME;
        Transaction parent = start();
        join(nest(parent), "h/a", Notice.OUTCOME);
        get(coordinator.confirm(parent.id(), null));
        var settled = coordinator.settled(parent.id());
        scheduler.runReady();
        assertThat(settled).isNotDone();

        participants.answerOldest(new Answer.Unknown("503"));
        scheduler.runReady();

        assertThat(settled).isCompleted();
    }

    @Test
    void a_nested_one_that_was_cancelled_does_not_keep_its_parent_from_confirming() {
        Transaction parent = start();
        Transaction nested = nest(parent);
        join(nested, "h/a");
        join(parent, "h/b");
        get(coordinator.cancel(nested.id(), null));

        get(coordinator.confirm(parent.id(), null));

        assertThat(participants.told).containsExactly("CANCEL h/a", "CONFIRM h/b");
        assertThat(state(parent)).isEqualTo(TransactionState.CONFIRMED);
    }

    @Test
    void a_nested_one_that_was_confirmed_can_be_cancelled_while_its_parent_is_active() {
        Transaction parent = start();
        Transaction nested = nest(parent);
        join(nested, "h/a");
        get(coordinator.confirm(nested.id(), null));

        get(coordinator.cancel(nested.id(), null));
        get(coordinator.confirm(parent.id(), null));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/a");
        assertThat(state(nested)).isEqualTo(TransactionState.CANCELLED);
        assertThat(state(parent)).isEqualTo(TransactionState.CONFIRMED);
    }

    @Test
    void a_participant_of_a_nested_one_that_was_confirmed_may_join_again_but_nobody_else() {
        Transaction nested = nest(start());
        Joined first = join(nested, "h/a");
        get(coordinator.confirm(nested.id(), null));

        assertThat(join(nested, "h/a").participant().id())
                .isEqualTo(first.participant().id());
        assertThat(refusal(coordinator.join(nested.id(), ParticipantKind.ACTED, "h/b", "", Set.of(), null)))
                .isEqualTo(Refusal.NOT_ACTIVE);
        assertThat(refusal(coordinator.join(nested.id(), ParticipantKind.ACTED, "h/a", "new data", Set.of(), null)))
                .isEqualTo(Refusal.NOT_ACTIVE);
        assertThat(participants.told).containsExactly("CONFIRM h/a");
    }

    @Test
    void a_nested_one_that_was_confirmed_is_covered_by_the_hold_and_the_end_of_its_parent() {
        Transaction parent = get(coordinator.start("origin", "token", null));
        Transaction nested = nest(parent);
        get(coordinator.confirm(nested.id(), null));

        get(coordinator.hold(parent.id(), "token"));
        assertThat(refusal(coordinator.cancel(nested.id(), null))).isEqualTo(Refusal.HELD);
        get(coordinator.confirm(parent.id(), "token"));
        assertThat(refusal(coordinator.cancel(nested.id(), null))).isEqualTo(Refusal.DECIDED_OTHERWISE);
    }

    @Test
    void a_nested_one_below_a_confirmed_one_is_not_cancelled_on_its_own() {
        Transaction middle = nest(start());
        Transaction bottom = nest(middle);
        get(coordinator.confirm(middle.id(), null));

        assertThat(refusal(coordinator.cancel(bottom.id(), null))).isEqualTo(Refusal.DECIDED_OTHERWISE);
    }

    @Test
    void the_hold_of_the_parent_covers_what_is_nested_in_it() {
        Transaction parent = get(coordinator.start("origin", "token", null));
        Transaction nested = get(coordinator.startNested(parent.id(), "nested", null, Duration.ofSeconds(5)));
        join(nested, "h/a");
        get(coordinator.hold(parent.id(), "token"));
        restart();
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(state(nested)).isEqualTo(TransactionState.PREPARED);
        assertThat(refusal(coordinator.confirm(nested.id(), null))).isEqualTo(Refusal.HELD);
        assertThat(refusal(coordinator.cancel(nested.id(), null))).isEqualTo(Refusal.HELD);
        assertThat(participants.told).isEmpty();

        get(coordinator.confirm(parent.id(), "token"));
        assertThat(participants.told).containsExactly("CONFIRM h/a");
        assertThat(state(parent)).isEqualTo(TransactionState.CONFIRMED);
    }

    @Test
    void a_nested_one_whose_parent_does_not_know_it_after_a_crash_is_cancelled() {
        Transaction parent = start();
        int forces = disk.forces();
        disk.failWith(operation -> {
            if (disk.forces() > forces) {
                throw new IOException("The node dies before the parent's log record of the nested one");
            }
        });
        var nested = coordinator.startNested(parent.id(), "nested", null, null);
        scheduler.runReady();
        assertThat(nested).isCompletedExceptionally();
        disk.failWith(operation -> {});
        restart();
        scheduler.runReady();

        assertThat(current(parent).participants().isEmpty()).isTrue();
        assertThat(all())
                .filteredOn(tx -> tx.parent() != null)
                .extracting(Transaction::state)
                .containsExactly(TransactionState.CANCELLED);
    }

    @Test
    void nested_ones_that_are_cancelled_with_their_parent_after_a_restart_are_told_once() {
        List<Transaction> parents = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Transaction parent = start();
            Transaction nested = nest(parent);
            join(nested, "h" + i + "/a");
            get(coordinator.confirm(nested.id(), null));
            parents.add(parent);
        }
        int forces = disk.forces();
        disk.failWith(operation -> {
            if (disk.forces() > forces) {
                throw new IOException("The node dies when the decisions of the parents are durable");
            }
        });
        parents.forEach(
                parent -> assertThat(coordinator.cancel(parent.id(), null)).isNotCompleted());
        scheduler.runReady();
        disk.failWith(operation -> {});
        participants.told.clear();
        participants.silent = call -> true;
        restart();
        scheduler.runReady();

        assertThat(participants.told).doesNotHaveDuplicates().hasSize(8);
    }

    @Test
    void a_nested_one_that_fails_to_cancel_makes_its_parent_fail() {
        participants.answers = call -> new Answer.Refused("gone");
        Transaction parent = start();
        Transaction nested = nest(parent);
        join(nested, "h/a");

        get(coordinator.cancel(parent.id(), null));

        assertThat(state(nested)).isEqualTo(TransactionState.FAILED_TO_CANCEL);
        assertThat(state(parent)).isEqualTo(TransactionState.FAILED_TO_CANCEL);
    }

    @Test
    void nothing_is_nested_in_a_transaction_that_ends() {
        Transaction parent = start();
        get(coordinator.cancel(parent.id(), null));

        assertThat(refusal(coordinator.startNested(parent.id(), "nested", null, null)))
                .isEqualTo(Refusal.NOT_ACTIVE);
        assertThat(all()).hasSize(1);
    }

    @Test
    void the_owner_of_a_nested_one_holds_confirms_and_forgets_it_and_it_stays_provisional() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a", Notice.FORGET);

        get(coordinator.hold(nested.id(), "token"));
        assertThat(refusal(coordinator.cancel(nested.id(), null))).isEqualTo(Refusal.HELD);
        get(coordinator.confirm(nested.id(), "token"));
        get(coordinator.forget(nested.id(), "token"));

        assertThat(participants.told).containsExactly("CONFIRM h/a");
        assertThat(current(nested).isProvisional()).isTrue();
        get(coordinator.confirm(parent.id(), null));
        assertThat(participants.told).containsExactly("CONFIRM h/a", "FORGET h/a");
        assertThat(current(nested).isProvisional()).isFalse();
    }

    @Test
    void a_parent_that_is_cancelled_takes_an_owned_nested_one_with_it_that_is_not_held() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");

        get(coordinator.cancel(parent.id(), null));

        assertThat(participants.told).containsExactly("CANCEL h/a");
        assertThat(state(parent)).isEqualTo(TransactionState.CANCELLED);
        assertThat(refusal(coordinator.hold(nested.id(), "token"))).isEqualTo(Refusal.NOT_ACTIVE);
        assertThat(refusal(coordinator.confirm(nested.id(), "token"))).isEqualTo(Refusal.DECIDED_OTHERWISE);
    }

    @Test
    void a_parent_that_is_cancelled_waits_for_who_holds_a_nested_one_and_cancels_what_that_one_confirms() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        get(coordinator.hold(nested.id(), "token"));
        get(coordinator.cancel(parent.id(), null));
        scheduler.advance(Duration.ofDays(1));
        assertThat(participants.told).isEmpty();
        assertThat(state(parent)).isEqualTo(TransactionState.CANCELLING);

        get(coordinator.confirm(nested.id(), "token"));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/a");
        assertThat(state(parent)).isEqualTo(TransactionState.CANCELLED);
        assertThat(current(nested).reason()).isEqualTo(Reason.REVERSED);
    }

    @Test
    void a_parent_that_is_cancelled_waits_for_who_holds_a_nested_one_and_cancels() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        get(coordinator.hold(nested.id(), "token"));
        get(coordinator.cancel(parent.id(), null));

        get(coordinator.cancel(nested.id(), "token"));

        assertThat(participants.told).containsExactly("CANCEL h/a");
        assertThat(state(parent)).isEqualTo(TransactionState.CANCELLED);
    }

    /** The parent tells those that joined last first, so that the nested one hears of it later. */
    @Test
    void nobody_holds_a_nested_one_whose_parent_is_cancelled_already() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        join(parent, "silent/b");
        participants.silent = call -> true;
        get(coordinator.cancel(parent.id(), null));
        assertThat(state(nested)).isEqualTo(TransactionState.ACTIVE);

        assertThat(refusal(coordinator.hold(nested.id(), "token"))).isEqualTo(Refusal.NOT_ACTIVE);
    }

    @Test
    void a_parent_that_was_cancelled_waits_for_who_holds_a_nested_one_also_after_a_restart() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        get(coordinator.hold(nested.id(), "token"));
        get(coordinator.cancel(parent.id(), null));
        restart();
        scheduler.advance(Duration.ofDays(1));
        assertThat(state(nested)).isEqualTo(TransactionState.PREPARED);
        assertThat(participants.told).isEmpty();

        get(coordinator.confirm(nested.id(), "token"));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/a");
        assertThat(state(parent)).isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void a_parent_that_is_confirmed_waits_for_the_owner_of_a_nested_one() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        get(coordinator.confirm(parent.id(), null));
        scheduler.advance(Duration.ofSeconds(10));
        get(coordinator.hold(nested.id(), "token"));
        scheduler.advance(Duration.ofDays(1));
        assertThat(participants.told).isEmpty();
        assertThat(state(parent)).isEqualTo(TransactionState.CONFIRMING);

        get(coordinator.confirm(nested.id(), "token"));

        assertThat(participants.told).containsExactly("CONFIRM h/a");
        assertThat(state(parent)).isEqualTo(TransactionState.CONFIRMED);
        assertThat(current(nested).isProvisional()).isFalse();
    }

    @Test
    void a_parent_that_is_confirmed_ends_when_the_limit_of_an_owned_nested_one_has_passed() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        get(coordinator.confirm(parent.id(), null));

        scheduler.advance(Duration.ofMinutes(2));

        assertThat(participants.told).containsExactly("CANCEL h/a");
        assertThat(state(nested)).isEqualTo(TransactionState.CANCELLED);
        assertThat(state(parent)).isEqualTo(TransactionState.CONFIRMED);
    }

    @Test
    void the_owner_who_repeats_its_confirmation_after_the_parent_was_cancelled_is_not_refused() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        get(coordinator.hold(nested.id(), "token"));
        get(coordinator.confirm(nested.id(), "token"));
        get(coordinator.cancel(parent.id(), null));
        coordinator.checkpoint();
        restart();

        assertThat(get(coordinator.confirm(nested.id(), "token")).state()).isEqualTo(TransactionState.CANCELLED);
        assertThat(refusal(coordinator.confirm(nested.id(), null))).isEqualTo(Refusal.DECIDED_OTHERWISE);
        assertThat(refusal(coordinator.confirm(nested.id(), "guess"))).isEqualTo(Refusal.WRONG_OWNER);
        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/a");
    }

    @Test
    void a_stranger_does_not_cancel_what_the_owner_of_a_nested_one_has_confirmed() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        get(coordinator.confirm(nested.id(), "token"));

        assertThat(refusal(coordinator.cancel(nested.id(), null))).isEqualTo(Refusal.DECIDED_OTHERWISE);
        get(coordinator.cancel(parent.id(), null));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/a");
    }

    @Test
    void the_hold_of_the_parent_leaves_an_owned_nested_one_to_its_owner() {
        Transaction parent = get(coordinator.start("origin", "outer", null));
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        get(coordinator.hold(parent.id(), "outer"));
        assertThat(state(nested)).isEqualTo(TransactionState.ACTIVE);
        get(coordinator.hold(nested.id(), "token"));
        get(coordinator.confirm(nested.id(), "token"));
        assertThat(participants.told).containsExactly("CONFIRM h/a");

        get(coordinator.cancel(parent.id(), "outer"));

        assertThat(participants.told).containsExactly("CONFIRM h/a", "CANCEL h/a");
        assertThat(state(parent)).isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void a_person_decides_for_the_owner_of_a_nested_one() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        join(nested, "h/a");
        get(coordinator.hold(nested.id(), "token"));
        get(coordinator.confirm(parent.id(), null));

        get(coordinator.decideByPerson(nested.id(), false, "Ann", "the owner is lost"));

        assertThat(participants.told).containsExactly("CANCEL h/a");
        assertThat(state(parent)).isEqualTo(TransactionState.CONFIRMED);
        assertThat(refusal(coordinator.confirm(nested.id(), "token"))).isEqualTo(Refusal.DECIDED_OTHERWISE);
    }

    @Test
    void a_nested_one_is_found_by_its_token_whatever_has_become_of_its_parent() {
        Transaction parent = start();
        Transaction nested = nestOwned(parent);
        assertThat(get(coordinator.startNested(parent.id(), "nested", "token", null))
                        .id())
                .isEqualTo(nested.id());
        assertThat(current(parent).participants().size()).isEqualTo(1);

        get(coordinator.cancel(parent.id(), null));

        Transaction found = get(coordinator.startNested(parent.id(), "nested", "token", null));
        assertThat(found.id()).isEqualTo(nested.id());
        assertThat(found.state()).isEqualTo(TransactionState.CANCELLED);
        assertThat(refusal(coordinator.startNested(parent.id(), "nested", "another", null)))
                .isEqualTo(Refusal.NOT_ACTIVE);
    }

    @Test
    void nothing_stays_of_an_owned_nested_one_whose_parent_ends_while_it_is_started() {
        Transaction parent = start();
        CompletableFuture<Transaction> nested = coordinator.startNested(parent.id(), "nested", "token", null);
        CompletableFuture<Transaction> cancelled = coordinator.cancel(parent.id(), null);

        assertThat(refusal(nested)).isEqualTo(Refusal.NOT_ACTIVE);
        assertThat(get(cancelled).state().cancels()).isTrue();
        assertThat(all()).extracting(Transaction::id).containsExactly(parent.id());
    }

    private Transaction nestOwned(Transaction parent) {
        return get(coordinator.startNested(parent.id(), "nested", "token", Duration.ofMinutes(1)));
    }

    private Transaction nest(Transaction parent) {
        return get(coordinator.startNested(parent.id(), "nested", null, null));
    }
}
