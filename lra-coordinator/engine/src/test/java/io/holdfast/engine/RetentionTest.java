package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ended transactions can be asked for during the retention time, the newest of them only. */
class RetentionTest extends EngineTest {
    private static final int COUNT = 10;

    @BeforeEach
    void keepFew() {
        settings = Settings.FOR_LRAS.withRetentionCount(COUNT);
        restart();
    }

    @Test
    void the_newest_stay_and_the_oldest_go_first() {
        List<TransactionId> ended = end(COUNT + 5);

        assertThat(ids()).containsExactlyInAnyOrderElementsOf(ended.subList(5, COUNT + 5));
    }

    @Test
    void what_was_over_the_number_before_a_restart_is_gone_after_it() {
        settings = Settings.FOR_LRAS;
        restart();
        List<TransactionId> ended = end(COUNT + 5);
        coordinator.checkpoint();
        settings = Settings.FOR_LRAS.withRetentionCount(COUNT);

        restart();
        scheduler.runReady();

        assertThat(ids()).containsExactlyInAnyOrderElementsOf(ended.subList(5, COUNT + 5));
    }

    @Test
    void what_is_over_its_time_at_a_restart_goes_at_once() {
        end(3);
        scheduler.advance(Duration.ofMinutes(30));
        List<TransactionId> later = end(2);
        coordinator.close();
        scheduler.forgetEverything();
        scheduler.advance(Duration.ofMinutes(31));

        coordinator = open();
        scheduler.runReady();
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(later);

        scheduler.advance(Duration.ofMinutes(30));
        assertThat(ids()).isEmpty();
    }

    @Test
    void the_failed_and_the_owned_ones_neither_go_nor_count() {
        Transaction owned = get(coordinator.start("origin", "token", null));
        get(coordinator.confirm(owned.id(), "token"));
        participants.answers = call -> new Answer.Refused("no");
        Transaction failed = start();
        join(failed, "h/a");
        get(coordinator.confirm(failed.id(), null));
        Transaction open = start();
        List<TransactionId> ended = end(COUNT + 1);

        List<TransactionId> left = new ArrayList<>(ended.subList(1, COUNT + 1));
        left.addAll(List.of(owned.id(), failed.id(), open.id()));
        assertThat(ids()).containsExactlyInAnyOrderElementsOf(left);
    }

    @Test
    void what_was_forgotten_by_hand_leaves_its_place_to_others() {
        List<TransactionId> ended = end(COUNT);
        get(coordinator.forget(ended.get(COUNT - 1), null));
        List<TransactionId> later = end(1);

        assertThat(ids()).contains(ended.get(0), later.get(0)).hasSize(COUNT);
    }

    @Test
    void disk_memory_and_timers_stay_within_the_number_of_those_that_can_be_asked_for() {
        settings = settings.withCheckpointBytes(16_384);
        restart();
        end(2_000);

        long bytes =
                disk.list().stream().mapToLong(name -> disk.bytes(name).length).sum();
        assertThat(bytes).isLessThan(40_000);
        assertThat(ids()).hasSize(COUNT);
        assertThat(scheduler.timers()).isLessThan(5);
    }

    @Test
    void a_person_who_resolves_a_failed_one_ends_what_is_owed_also_after_a_restart() {
        participants.answers = call ->
                call.instruction() == Instruction.CONFIRM ? new Answer.Refused("no") : new Answer.Unknown("503");
        Transaction failed = start();
        join(failed, "h/a", Notice.FORGET, Notice.OUTCOME);
        get(coordinator.confirm(failed.id(), null));
        scheduler.advance(Duration.ofMinutes(1));

        get(coordinator.resolve(failed.id(), "operator", "looked at it"));

        assertUnknown(failed.id());
        participants.told.clear();
        restart();
        scheduler.advance(Duration.ofHours(1));
        assertUnknown(failed.id());
        assertThat(participants.told).isEmpty();
    }

    @Test
    void only_what_has_failed_for_good_is_resolved() {
        Transaction open = start();
        assertThat(refusal(coordinator.resolve(open.id(), "", ""))).isEqualTo(Refusal.NOT_FAILED);
        get(coordinator.confirm(open.id(), null));
        assertThat(refusal(coordinator.resolve(open.id(), "", ""))).isEqualTo(Refusal.NOT_FAILED);

        participants.answers = call -> new Answer.Refused("no");
        Transaction parent = start();
        Transaction nested = get(coordinator.startNested(parent.id(), "nested", null, null));
        join(nested, "h/a");
        get(coordinator.confirm(nested.id(), null));
        assertThat(state(nested)).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
        assertThat(refusal(coordinator.resolve(nested.id(), "", ""))).isEqualTo(Refusal.NOT_FAILED);
    }

    @Test
    void an_owner_may_say_twice_that_it_has_no_more_use_for_it() {
        participants.answers =
                call -> call.instruction() == Instruction.OUTCOME ? new Answer.Unknown("503") : new Answer.Done();
        Transaction tx = get(coordinator.start("origin", "token", null));
        join(tx, "h/a", Notice.OUTCOME);
        get(coordinator.confirm(tx.id(), "token"));
        get(coordinator.forget(tx.id(), "token"));
        get(coordinator.forget(tx.id(), "token"));
        coordinator.checkpoint();
        restart();
        get(coordinator.forget(tx.id(), "token"));
        assertThat(refusal(coordinator.forget(tx.id(), "guess"))).isEqualTo(Refusal.WRONG_OWNER);
        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofHours(2));

        assertUnknown(tx.id());
        assertThat(get(coordinator.start("origin", "token", null)).id()).isNotEqualTo(tx.id());
    }

    private List<TransactionId> end(int number) {
        participants.answers = call -> new Answer.Done();
        List<TransactionId> ended = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Transaction tx = start();
            join(tx, "h/" + i);
            get(coordinator.confirm(tx.id(), null));
            ended.add(tx.id());
            scheduler.advance(Duration.ofMillis(1));
        }
        return ended;
    }

    private List<TransactionId> ids() {
        return all().stream().map(Transaction::id).toList();
    }
}
