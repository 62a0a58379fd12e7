package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.log.LogFailedException;
import io.holdfast.engine.state.Heuristic;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CoordinatorTest extends EngineTest {
    @Test
    void a_confirmed_transaction_tells_all_and_ends() {
        Transaction tx = start();
        join(tx, "h/a");
        join(tx, "h/b");
        assertThat(get(coordinator.confirm(tx.id(), null)).state()).isEqualTo(TransactionState.CONFIRMING);
        assertThat(get(coordinator.ended(tx.id())).state()).isEqualTo(TransactionState.CONFIRMED);
        assertThat(participants.told).containsExactlyInAnyOrder("CONFIRM h/a", "CONFIRM h/b");
    }

    @Test
    void a_cancelled_transaction_tells_in_reverse_order_and_a_failed_attempt_holds_back_nobody() {
        participants.answers = call -> call.participant().address().equals("h/b") && call.attempt() == 1
                ? new Answer.Unknown("503")
                : new Answer.Done();
        Transaction tx = start();
        join(tx, "h/a");
        join(tx, "h/b");
        join(tx, "h/c");
        get(coordinator.cancel(tx.id(), null));
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(participants.told).containsExactly("CANCEL h/c", "CANCEL h/b", "CANCEL h/a", "CANCEL h/b");
    }

    @Test
    void a_join_is_durable_before_it_is_answered() {
        Transaction tx = start();
        CompletableFuture<Joined> joined = coordinator.join(tx.id(), ParticipantKind.ACTED, "h/a", "", Set.of(), null);
        int before = disk.forces();
        scheduler.runReady();
        assertThat(joined).isCompleted();
        assertThat(disk.forces()).isGreaterThan(before);
        restart();
        assertThat(get(coordinator.find(tx.id())).participants().size()).isEqualTo(1);
    }

    @Test
    void a_refusal_waits_until_what_it_tells_is_durable() {
        Transaction tx = start();
        Transaction nested = nestedIn(tx);
        Transaction confirmed = nestedIn(tx);
        get(coordinator.confirm(confirmed.id(), null));
        var cancelled = coordinator.cancel(tx.id(), null);

        List<CompletableFuture<?>> refused = List.of(
                coordinator.join(tx.id(), ParticipantKind.ACTED, "h/a", "", Set.of(), null),
                coordinator.renew(tx.id(), null),
                coordinator.startNested(tx.id(), "origin", null, null),
                coordinator.cancel(confirmed.id(), null));
        assertThat(cancelled).isNotDone();
        assertThat(refused).noneMatch(CompletableFuture::isDone);

        disk.failWith(operation -> {
            throw new IOException("No space left on device");
        });
        scheduler.runReady();
        assertThat(refused)
                .allSatisfy(answer -> assertThatThrownBy(answer::join).hasCauseInstanceOf(LogFailedException.class));
        disk.failWith(operation -> {});
        restart();
        assertThat(state(tx)).isEqualTo(TransactionState.ACTIVE);
        assertThat(state(nested)).isEqualTo(TransactionState.ACTIVE);
    }

    @Test
    void what_is_forgotten_is_unknown_only_once_that_is_durable() {
        Transaction tx = get(coordinator.start("origin", "token", null));
        get(coordinator.confirm(tx.id(), "token"));
        var forgotten = coordinator.forget(tx.id(), "token");

        CompletableFuture<Transaction> found = coordinator.find(tx.id());
        CompletableFuture<List<Transaction>> listed = coordinator.list(each -> true, 10);

        assertThat(List.of(forgotten, found, listed)).noneMatch(CompletableFuture::isDone);
        assertThat(get(listed)).isEmpty();
        assertUnknown(tx.id());
    }

    @Test
    void a_list_shows_each_as_it_was_when_it_matched() {
        Transaction tx = start();
        Predicate<Transaction> activeUntilLookedAt = each -> {
            boolean active = each.state() == TransactionState.ACTIVE;
            var unused = coordinator.cancel(each.id(), null);
            return active;
        };

        assertThat(get(coordinator.list(activeUntilLookedAt, 10)))
                .extracting(Transaction::state)
                .containsExactly(TransactionState.ACTIVE);
        assertThat(state(tx)).isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void a_list_tells_only_what_is_durable_also_of_what_does_not_match() {
        Transaction tx = start();
        join(tx, "h/a");
        participants.silent = call -> true;
        var cancelled = coordinator.cancel(tx.id(), null);

        var active = coordinator.list(each -> each.state() == TransactionState.ACTIVE, 10);
        var cancelling = coordinator.list(each -> each.state() == TransactionState.CANCELLING, 10);

        assertThat(List.of(cancelled, active, cancelling)).noneMatch(CompletableFuture::isDone);
        assertThat(get(active)).isEmpty();
        assertThat(get(cancelling)).hasSize(1);
    }

    @Test
    void who_may_have_been_told_before_the_restart_is_not_told_as_if_for_the_first_time() {
        Map<String, Integer> attempts = new HashMap<>();
        participants.silent = call -> {
            attempts.put(call.instruction() + " " + call.participant().address(), call.attempt());
            return true;
        };
        Transaction confirmed = start();
        join(confirmed, "h/a");
        get(coordinator.confirm(confirmed.id(), null));
        Transaction cancelled = start();
        join(cancelled, "h/b");
        get(coordinator.cancel(cancelled.id(), null));
        Transaction undecided = start();
        join(undecided, "h/c");
        assertThat(attempts).containsOnly(Map.entry("CONFIRM h/a", 1), Map.entry("CANCEL h/b", 1));

        settings = Settings.FOR_BRANCHES;
        restart();
        scheduler.runReady();

        assertThat(attempts)
                .containsOnly(Map.entry("CONFIRM h/a", 2), Map.entry("CANCEL h/b", 2), Map.entry("CANCEL h/c", 1));
    }

    @Test
    void no_participant_is_told_before_the_decision_is_durable() {
        Transaction confirmed = start();
        join(confirmed, "h/a");
        Transaction timedOut = get(coordinator.start("origin", null, Duration.ofSeconds(10)));
        join(timedOut, "h/b");
        List<Integer> forcesAtCalls = new ArrayList<>();
        participants.answers = call -> {
            forcesAtCalls.add(disk.forces());
            return new Answer.Done();
        };
        int before = disk.forces();
        get(coordinator.confirm(confirmed.id(), null));
        assertThat(forcesAtCalls).hasSize(1).allMatch(forces -> forces > before);

        forcesAtCalls.clear();
        int beforeTheLimit = disk.forces();
        scheduler.advance(Duration.ofSeconds(11));
        assertThat(forcesAtCalls).hasSize(1).allMatch(forces -> forces > beforeTheLimit);
    }

    @Test
    void the_time_limit_cancels_also_after_a_restart() {
        Transaction tx = get(coordinator.start("origin", null, Duration.ofSeconds(60)));
        scheduler.advance(Duration.ofSeconds(30));
        restart();
        scheduler.advance(Duration.ofSeconds(29));
        assertThat(get(coordinator.find(tx.id())).state()).isEqualTo(TransactionState.ACTIVE);
        scheduler.advance(Duration.ofSeconds(2));
        Transaction cancelled = get(coordinator.find(tx.id()));
        assertThat(cancelled.state()).isEqualTo(TransactionState.CANCELLED);
        assertThat(cancelled.reason()).isEqualTo(Reason.TIME_LIMIT);
    }

    @Test
    void leave_and_renew_survive_a_restart() {
        Transaction tx = get(coordinator.start("origin", null, Duration.ofSeconds(10)));
        Joined joined = join(tx, "h/a");
        get(coordinator.leave(tx.id(), joined.participant().id()));
        get(coordinator.renew(tx.id(), Duration.ofSeconds(100)));
        restart();
        scheduler.advance(Duration.ofSeconds(50));
        Transaction after = get(coordinator.find(tx.id()));
        assertThat(after.state()).isEqualTo(TransactionState.ACTIVE);
        assertThat(after.participants().isEmpty()).isTrue();
    }

    @Test
    void a_start_with_the_same_owner_gives_the_same_transaction_also_after_a_restart() {
        Transaction first = get(coordinator.start("one", "token", null));
        assertThat(get(coordinator.start("two", "token", null)).id()).isEqualTo(first.id());
        restart();
        assertThat(get(coordinator.start("three", "token", null)).id()).isEqualTo(first.id());
    }

    @Test
    void a_held_transaction_outlives_its_limit_and_a_restart_until_its_owner_decides() {
        Transaction tx = get(coordinator.start("origin", "token", Duration.ofSeconds(5)));
        join(tx, "h/a");
        get(coordinator.hold(tx.id(), "token"));
        restart();
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(get(coordinator.find(tx.id())).state()).isEqualTo(TransactionState.PREPARED);
        assertThat(refusal(coordinator.cancel(tx.id(), null))).isEqualTo(Refusal.HELD);
        assertThat(refusal(coordinator.confirm(tx.id(), "guess"))).isEqualTo(Refusal.WRONG_OWNER);
        assertThat(get(coordinator.confirm(tx.id(), "token")).state()).isEqualTo(TransactionState.CONFIRMING);
    }

    @Test
    void an_owned_transaction_stays_until_its_owner_forgets_it() {
        Transaction tx = get(coordinator.start("origin", "token", null));
        get(coordinator.confirm(tx.id(), "token"));
        scheduler.advance(Duration.ofDays(2));
        assertThat(get(coordinator.find(tx.id())).state()).isEqualTo(TransactionState.CONFIRMED);
        get(coordinator.forget(tx.id(), "token"));
        assertUnknown(tx.id());
        restart();
        assertUnknown(tx.id());
    }

    @Test
    void what_a_person_decided_is_durable_and_kept_until_the_owner_acknowledges_it() {
        Transaction tx = get(coordinator.start("origin", "token", null));
        join(tx, "h/a");
        get(coordinator.hold(tx.id(), "token"));
        get(coordinator.decideByPerson(tx.id(), false, "Ann", "the other side has gone"));
        assertThat(refusal(coordinator.confirm(tx.id(), "token"))).isEqualTo(Refusal.DECIDED_OTHERWISE);
        restart();
        coordinator.checkpoint();
        restart();

        Transaction found = current(tx);
        assertThat(found.state()).isEqualTo(TransactionState.CANCELLED);
        assertThat(found.reason()).isEqualTo(Reason.PERSON);
        assertThat(found.heuristic())
                .isEqualTo(new Heuristic(Heuristic.Cause.PERSON, "Ann", "the other side has gone"));
        assertThat(refusal(coordinator.acknowledgeHeuristic(tx.id(), "guess"))).isEqualTo(Refusal.WRONG_OWNER);
        get(coordinator.acknowledgeHeuristic(tx.id(), "token"));
        restart();
        assertThat(current(tx).heuristic()).isNull();
    }

    @Test
    void a_person_decides_only_what_is_prepared_and_nothing_twice() {
        Transaction tx = get(coordinator.start("origin", "token", null));
        assertThat(refusal(coordinator.decideByPerson(tx.id(), true, "Ann", "why")))
                .isEqualTo(Refusal.NOT_PREPARED);
        assertThat(refusal(coordinator.recordHazard(tx.id(), "why"))).isEqualTo(Refusal.NOT_ENDED);
        get(coordinator.hold(tx.id(), "token"));
        get(coordinator.confirm(tx.id(), "token"));

        get(coordinator.decideByPerson(tx.id(), true, "Ann", "why"));
        assertThat(current(tx).heuristic()).isNull();
        assertThat(refusal(coordinator.decideByPerson(tx.id(), false, "Ann", "why")))
                .isEqualTo(Refusal.DECIDED_OTHERWISE);
    }

    @Test
    void a_start_with_its_first_participant_is_one_write_and_the_same_again_by_its_token() {
        int forces = disk.forces();
        Joined first = get(coordinator.startWith("origin", "token", null, ParticipantKind.VOTING, "h/a", "data"));
        assertThat(disk.forces()).isEqualTo(forces + 1);
        restart();

        Joined again = get(coordinator.startWith("origin", "token", null, ParticipantKind.VOTING, "h/a", "data"));
        assertThat(again.transaction().id()).isEqualTo(first.transaction().id());
        assertThat(again.participant().id()).isEqualTo(first.participant().id());
    }

    @Test
    void of_an_end_and_a_drop_that_nobody_learns_of_nothing_is_forced() {
        Transaction tx = start();
        join(tx, "h/a");
        int forces = disk.forces();
        var ended = coordinator.ended(tx.id(), each -> false);

        get(coordinator.confirm(tx.id(), null));
        assertThat(get(ended).state()).isEqualTo(TransactionState.CONFIRMED);
        get(coordinator.forgetUnforced(tx.id(), null));

        assertThat(coordinator.inMemory(tx.id())).isEmpty();
        assertThat(disk.forces()).as("the decision").isEqualTo(forces + 1);
    }

    @Test
    void an_end_that_must_be_durable_is_forced_before_it_is_told() {
        Transaction tx = start();
        join(tx, "h/a");
        int forces = disk.forces();
        var ended = coordinator.ended(tx.id(), each -> each.state() == TransactionState.CONFIRMED);

        get(coordinator.confirm(tx.id(), null));
        get(ended);

        assertThat(disk.forces()).as("the decision and the end").isEqualTo(forces + 2);
    }

    @Test
    void an_ended_transaction_can_be_asked_for_until_its_retention_is_over() {
        Transaction tx = start();
        get(coordinator.cancel(tx.id(), null));
        scheduler.advance(Duration.ofMinutes(59));
        assertThat(get(coordinator.find(tx.id())).state()).isEqualTo(TransactionState.CANCELLED);
        scheduler.advance(Duration.ofMinutes(2));
        assertUnknown(tx.id());
    }

    @Test
    void a_failed_transaction_stays_also_over_a_restart_and_a_checkpoint() {
        participants.answers = call -> new Answer.Refused("no stock");
        Transaction tx = start();
        join(tx, "h/a");
        get(coordinator.confirm(tx.id(), null));
        coordinator.checkpoint();
        restart();
        scheduler.advance(Duration.ofDays(1));
        assertThat(get(coordinator.find(tx.id())).state()).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
    }

    @Test
    void a_participant_is_told_again_at_growing_intervals_until_it_answers() {
        participants.answers = call -> new Answer.Unknown("connection refused");
        Transaction tx = start();
        join(tx, "h/a");
        get(coordinator.confirm(tx.id(), null));
        scheduler.advance(Duration.ofHours(1));
        int inTheFirstHour = participants.told.size();
        assertThat(inTheFirstHour).isBetween(60, 200);
        participants.answers = call -> new Answer.Done();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(get(coordinator.find(tx.id())).state()).isEqualTo(TransactionState.CONFIRMED);
    }

    @Test
    void a_dead_endpoint_holds_up_nobody_else() {
        settings = settings.withMaxCallsPerEndpoint(2);
        restart();
        participants.silent = call -> call.participant().address().startsWith("dead/");
        for (int i = 0; i < 10; i++) {
            Transaction tx = start();
            join(tx, "dead/" + i);
            get(coordinator.confirm(tx.id(), null));
        }
        Transaction healthy = start();
        join(healthy, "alive/a");
        get(coordinator.confirm(healthy.id(), null));
        assertThat(get(coordinator.find(healthy.id())).state()).isEqualTo(TransactionState.CONFIRMED);
        assertThat(participants.told.stream().filter(told -> told.contains("dead/")))
                .hasSize(2);
    }

    @Test
    void a_participant_that_works_on_it_is_asked_again() {
        participants.answers = call -> call.attempt() < 3 ? new Answer.InProgress("h/progress") : new Answer.Done();
        Transaction tx = start();
        join(tx, "h/a");
        get(coordinator.confirm(tx.id(), null));
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(get(coordinator.find(tx.id())).state()).isEqualTo(TransactionState.CONFIRMED);
        assertThat(participants.told).hasSize(3);
    }

    @Test
    void a_recovery_pass_makes_waiting_deliveries_due_now() {
        participants.answers = call -> call.attempt() < 6 ? new Answer.Unknown("503") : new Answer.Done();
        Transaction tx = start();
        join(tx, "h/a");
        get(coordinator.confirm(tx.id(), null));
        scheduler.advance(Duration.ofSeconds(4));
        int told = participants.told.size();
        coordinator.retryNow();
        scheduler.runReady();
        assertThat(participants.told).hasSize(told + 1);
    }

    @Test
    void an_undecided_branch_is_presumed_aborted_at_the_restart() {
        settings = Settings.FOR_BRANCHES;
        restart();
        Transaction tx = start();
        get(coordinator.join(tx.id(), ParticipantKind.VOTING, "h/a", "", Set.of(), null));
        restart();
        scheduler.runReady();
        assertThat(participants.told).containsExactly("CANCEL h/a");
        assertUnknown(tx.id());
    }

    @Test
    void in_one_phase_the_decision_is_durable_before_the_first_participant_is_told() {
        Transaction tx = start();
        get(coordinator.join(tx.id(), ParticipantKind.VOTING, "h/a", "", Set.of(), null));
        Map<Instruction, Integer> forces = new EnumMap<>(Instruction.class);
        participants.answers = call -> {
            forces.put(call.instruction(), disk.forces());
            return new Answer.Done();
        };

        assertThat(get(coordinator.prepare(tx.id(), true)).state().confirms()).isTrue();

        assertThat(forces).containsOnlyKeys(Instruction.PREPARE, Instruction.CONFIRM);
        assertThat(forces.get(Instruction.CONFIRM)).isGreaterThan(forces.get(Instruction.PREPARE));
    }

    @Test
    void a_prepared_branch_survives_the_restart_and_is_forgotten_after_its_commit() {
        settings = Settings.FOR_BRANCHES;
        restart();
        Transaction tx = start();
        get(coordinator.join(tx.id(), ParticipantKind.VOTING, "h/a", "", Set.of(), null));
        assertThat(get(coordinator.prepare(tx.id(), false)).state()).isEqualTo(TransactionState.PREPARED);
        restart();
        assertThat(get(coordinator.list(each -> each.state() == TransactionState.PREPARED, 10)))
                .extracting(Transaction::id)
                .containsExactly(tx.id());
        get(coordinator.confirm(tx.id(), null));
        scheduler.runReady();
        assertUnknown(tx.id());
    }

    @Test
    void who_was_asked_for_a_vote_is_asked_again_after_a_restart() {
        participants.silent = call -> call.participant().address().equals("h/b");
        Transaction tx = start();
        for (String address : List.of("h/a", "h/b")) {
            get(coordinator.join(tx.id(), ParticipantKind.VOTING, address, "", Set.of(), null));
        }
        CompletableFuture<Transaction> lost = coordinator.prepare(tx.id(), false);
        start();
        assertThat(lost).isNotDone();
        assertThat(state(tx)).isEqualTo(TransactionState.PREPARING);
        restart();
        assertThat(state(tx)).isEqualTo(TransactionState.PREPARING);
        participants.silent = call -> false;
        restart();

        assertThat(get(coordinator.prepare(tx.id(), false)).state()).isEqualTo(TransactionState.PREPARED);
    }

    @Test
    void too_many_participants_are_refused_and_change_nothing() {
        settings = settings.withMaxParticipants(1);
        restart();
        Transaction tx = start();
        join(tx, "h/a");
        CompletableFuture<Joined> second = coordinator.join(tx.id(), ParticipantKind.ACTED, "h/b", "", Set.of(), null);
        scheduler.runReady();
        assertThatThrownBy(second::join).hasCauseInstanceOf(TooManyParticipantsException.class);
        assertThat(join(tx, "h/a").transaction().participants().size()).isEqualTo(1);
    }

    @Test
    void what_happens_while_a_checkpoint_begins_is_neither_lost_nor_done_twice() {
        Transaction tx = start();
        List<CompletableFuture<Joined>> joined = new ArrayList<>();
        disk.failWith(operation -> {
            if (operation.equals("create") && joined.isEmpty()) {
                joined.add(coordinator.join(tx.id(), ParticipantKind.ACTED, "h/a", "", Set.of(), null));
            }
        });
        coordinator.checkpoint();
        disk.failWith(operation -> {});
        get(joined.get(0));
        restart();
        assertThat(get(coordinator.find(tx.id())).participants().size()).isEqualTo(1);
    }

    @Test
    void who_waits_for_an_end_that_cannot_be_stored_is_told_so() {
        Transaction tx = start();
        CompletableFuture<Transaction> ended = coordinator.ended(tx.id());
        disk.failWith(operation -> {
            throw new IOException("No space left on device");
        });
        var unused = coordinator.confirm(tx.id(), null);
        scheduler.runReady();
        assertThatThrownBy(ended::join).hasCauseInstanceOf(LogFailedException.class);
    }

    @Test
    void a_node_whose_disk_failed_takes_no_more_work_and_loses_nothing() {
        Transaction tx = start();
        disk.failWith(operation -> {
            throw new IOException("No space left on device");
        });
        CompletableFuture<Transaction> confirmed = coordinator.confirm(tx.id(), null);
        scheduler.runReady();
        assertThatThrownBy(confirmed::join).hasCauseInstanceOf(LogFailedException.class);
        CompletableFuture<Transaction> started = coordinator.start("origin", null, null);
        scheduler.runReady();
        assertThatThrownBy(started::join).hasCauseInstanceOf(LogFailedException.class);
        disk.failWith(operation -> {});
        restart();
        assertThat(get(coordinator.find(tx.id())).state()).isEqualTo(TransactionState.ACTIVE);
    }

    @Test
    void a_checkpoint_does_not_bring_back_what_is_being_forgotten() {
        Transaction tx = get(coordinator.start("origin", "token", null));
        get(coordinator.confirm(tx.id(), "token"));
        CompletableFuture<Transaction> forgotten = coordinator.forget(tx.id(), "token");
        coordinator.checkpoint();
        get(forgotten);
        restart();
        assertUnknown(tx.id());
    }

    @Test
    void what_happens_while_a_checkpoint_is_written_is_there_once() {
        Transaction tx = start();
        List<CompletableFuture<Joined>> meanwhile = new ArrayList<>();
        disk.failWith(operation -> {
            if (operation.equals("delete") && meanwhile.isEmpty()) {
                meanwhile.add(coordinator.join(tx.id(), ParticipantKind.ACTED, "h/a", "", Set.of(), null));
            }
        });
        coordinator.checkpoint();
        get(meanwhile.get(0));
        restart();
        assertThat(current(tx).participants()).hasSize(1);
    }

    @Test
    void the_earliest_limit_wins_whatever_order_the_joins_are_carried_out_in() {
        for (int i = 0; i < 20; i++) {
            Transaction tx = start();
            List<CompletableFuture<Joined>> joins = List.of(
                    coordinator.join(tx.id(), ParticipantKind.ACTED, "h/a", "", Set.of(), Duration.ofSeconds(60)),
                    coordinator.join(tx.id(), ParticipantKind.ACTED, "h/b", "", Set.of(), Duration.ofSeconds(1)));
            scheduler.advance(Duration.ofSeconds(2));
            assertThat(joins).allMatch(CompletableFuture::isDone);
            assertThat(get(coordinator.find(tx.id())).reason()).isEqualTo(Reason.TIME_LIMIT);
        }
    }

    @Test
    void a_start_that_could_not_be_logged_leaves_nothing_behind() {
        disk.failWith(operation -> {
            throw new IOException("No space left on device");
        });
        for (int i = 0; i < 3; i++) {
            CompletableFuture<Transaction> started = coordinator.start("origin", "token", null);
            scheduler.runReady();
            assertThatThrownBy(started::join).hasCauseInstanceOf(LogFailedException.class);
        }
    }

    @Test
    void an_engine_that_cannot_go_on_gives_its_directory_back() {
        Transaction tx = get(coordinator.start("origin", null, Duration.ofMinutes(1)));
        coordinator.close();
        Timers refusing = (delay, task) -> {
            throw new RejectedExecutionException("no more timers");
        };
        Host host = new Host(scheduler, refusing, scheduler, random, disk);

        assertThatThrownBy(() -> Coordinator.open(settings, host, participants))
                .isInstanceOf(RejectedExecutionException.class);

        coordinator = open();
        assertThat(state(tx)).isEqualTo(TransactionState.ACTIVE);
    }

    @Test
    void ended_transactions_leave_the_log_by_checkpoint() throws IOException {
        settings = Settings.FOR_LRAS.withRetention(Duration.ZERO).withCheckpointBytes(4096);
        restart();
        for (int i = 0; i < 500; i++) {
            Transaction tx = start();
            join(tx, "h/" + i);
            get(coordinator.confirm(tx.id(), null));
        }
        long bytes = 0;
        for (String name : disk.list()) {
            bytes += disk.bytes(name).length;
        }
        assertThat(bytes).isLessThan(20_000);
    }

    private Transaction nestedIn(Transaction outer) {
        return get(coordinator.startNested(outer.id(), "origin", null, null));
    }
}
