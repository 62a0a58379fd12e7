package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.simulation.MemoryDisk;
import io.holdfast.engine.simulation.Scheduler;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An engine whose clock, disk and participants the tests hold in their hands. */
abstract class EngineTest {
    final Random random = new Random(1);
    final Scheduler scheduler = new Scheduler(random);
    final MemoryDisk disk = new MemoryDisk();
    final Participants participants = new Participants();
    Settings settings = Settings.FOR_LRAS;
    Coordinator coordinator = open();

    final Coordinator open() {
        return Coordinator.open(settings, new Host(scheduler, scheduler, scheduler, random, disk), participants);
    }

    /** Stops the machine and starts it again. */
    final void restart() {
        scheduler.forgetEverything();
        disk.crash(random);
        coordinator = open();
    }

    final Transaction start() {
        return get(coordinator.start("origin", null, null));
    }

    final Joined join(Transaction tx, String address, Notice... wants) {
        return get(coordinator.join(tx.id(), ParticipantKind.ACTED, address, "", Set.of(wants), null));
    }

    final Transaction current(Transaction tx) {
        return get(coordinator.find(tx.id()));
    }

    final TransactionState state(Transaction tx) {
        return current(tx).state();
    }

    final List<Transaction> all() {
        return get(coordinator.list(tx -> true, Integer.MAX_VALUE));
    }

    final <T> T get(CompletableFuture<T> future) {
        scheduler.runReady();
        assertThat(future).isDone();
        return future.join();
    }

    final Refusal refusal(CompletableFuture<?> future) {
        scheduler.runReady();
        Throwable failure = future.handle((done, thrown) -> thrown).join();
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        assertThat(cause).isInstanceOf(RefusedException.class);
        return ((RefusedException) Objects.requireNonNull(cause)).refusal();
    }

    final void assertUnknown(TransactionId id) {
        CompletableFuture<Transaction> found = coordinator.find(id);
        scheduler.runReady();
        assertThatThrownBy(found::join).hasCauseInstanceOf(UnknownTransactionException.class);
    }

    /** Answers as a test wishes and notes what it was told. */
    static final class Participants implements ParticipantDriver {
        final List<String> told = new ArrayList<>();
        final List<Alarm> alarms = new ArrayList<>();
        Function<Call, Answer> answers = call -> new Answer.Done();
        Function<Call, Boolean> silent = call -> false;
        private final Deque<CompletableFuture<Answer>> unanswered = new ArrayDeque<>();

        int unanswered() {
            return unanswered.size();
        }

        void answerOldest(Answer answer) {
            unanswered.remove().complete(answer);
        }

        @Override
        public String endpointOf(Participant participant) {
            return participant.address().substring(0, participant.address().indexOf('/'));
        }

        @Override
        public void alarmed(Alarm alarm) {
            alarms.add(alarm);
        }

        @Override
        public CompletionStage<Answer> deliver(Call call) {
            if (call.instruction() != Instruction.PREPARE) {
                told.add(call.instruction() + " " + call.participant().address());
            }
            if (silent.apply(call)) {
                CompletableFuture<Answer> answer = new CompletableFuture<>();
                unanswered.add(answer);
                return answer;
            }
            return CompletableFuture.completedFuture(answers.apply(call));
        }
    }
}
