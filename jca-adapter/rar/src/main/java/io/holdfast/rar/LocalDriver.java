package io.holdfast.rar;

import io.holdfast.api.Enlisted;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.ParticipantAlarm;
import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.time.HelpingExecutor;
import io.holdfast.engine.time.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tells local participants through the dispatcher of their application. While that is not deployed it counts as a silent endpoint, and
 * its registration ends the silence. Thread-safe.
 */
final class LocalDriver implements ParticipantDriver {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalApplications applications;
    private final BeanThreads threads;
    private final HelpingExecutor engine;
    private final OneAtATime calls;

    /** @param engine the engine's, whose tasks for an answer the thread of the bean runs */
    LocalDriver(LocalApplications applications, BeanThreads threads, HelpingExecutor engine, Timers timers) {
        this(applications, threads, engine, timers, PATIENCE);
    }

    /** @param patience after which a call that goes on is asked for again later */
    LocalDriver(
            LocalApplications applications,
            BeanThreads threads,
            HelpingExecutor engine,
            Timers timers,
            Duration patience) {
        this.applications = applications;
        this.threads = threads;
        this.engine = engine;
        this.calls = new OneAtATime(patience, timers, Answer.Unknown::new);
    }

    @Override
    public String endpointOf(Participant participant) {
        return LocalAddress.endpointOf(
                LocalAddress.decode(participant.address()).application());
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        LocalAddress address = LocalAddress.decode(call.participant().address());
        LocalCall told = localCall(call, address);
        return calls.tell(call.participant().id(), call.instruction(), () -> tell(address, told));
    }

    private CompletableFuture<Answer> tell(LocalAddress address, LocalCall call) {
        CompletableFuture<Answer> told = new CompletableFuture<>();
        var unused = applications
                .find(address.application())
                .map(application -> application.call(call, threads))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))
                .thenApply(answer -> answer.map(LocalDriver::translated).orElseGet(() -> missing(address)))
                .whenComplete((answer, failure) -> engine.runThrough(() -> {
                    if (failure == null) {
                        told.complete(answer);
                    } else {
                        told.completeExceptionally(failure);
                    }
                }));
        return told;
    }

    private static LocalCall localCall(Call call, LocalAddress address) {
        return new LocalCall(
                enlisted(call.transaction(), call.participant()),
                local(call.participant(), address),
                decision(call.instruction()),
                call.attempt());
    }

    static ParticipantAlarm localAlarm(Alarm alarm, LocalAddress address) {
        return new ParticipantAlarm(
                enlisted(alarm.transaction(), alarm.participant()),
                local(alarm.participant(), address),
                decision(alarm.instruction()),
                alarm.attempts(),
                alarm.refused(),
                alarm.cause());
    }

    private static Enlisted enlisted(Transaction tx, Participant participant) {
        return new Enlisted(tx.id().value(), participant.id().value());
    }

    private static LocalParticipant local(Participant participant, LocalAddress address) {
        return address.with(participant.data(), kind(participant.kind()));
    }

    /** Whether local participants are told this. */
    static boolean tells(Instruction instruction) {
        return instruction == Instruction.CONFIRM || instruction == Instruction.CANCEL;
    }

    /** Whose cancels wait for each other. */
    static ParticipantKind engineKind(LocalParticipant.Kind kind) {
        return switch (kind) {
            case RESERVATION -> ParticipantKind.ACTED;
            case ACTION -> ParticipantKind.ACTION;
        };
    }

    private static LocalParticipant.Kind kind(ParticipantKind kind) {
        return kind == ParticipantKind.ACTION ? LocalParticipant.Kind.ACTION : LocalParticipant.Kind.RESERVATION;
    }

    private static Decision decision(Instruction instruction) {
        return switch (instruction) {
            case CONFIRM -> Decision.CONFIRM;
            case CANCEL -> Decision.CANCEL;
            case PREPARE, FORGET, OUTCOME ->
                throw new IllegalArgumentException("A participant that has acted is never told " + instruction);
        };
    }

    private static Answer translated(LocalAnswer answer) {
        if (answer instanceof LocalAnswer.Failed failed) {
            return new Answer.Unknown(failed.cause());
        }
        return answer instanceof LocalAnswer.Refused refused ? new Answer.Refused(refused.cause()) : new Answer.Done();
    }

    private static Answer missing(LocalAddress address) {
        return new Answer.Unreachable(AdapterMessage.APPLICATION_MISSING.text(address.application()));
    }
}
