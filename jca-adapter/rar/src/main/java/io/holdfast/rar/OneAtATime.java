package io.holdfast.rar;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.time.Overdue;
import io.holdfast.engine.time.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets one call at a time be under way to a participant, each as long as it takes; a call that goes on is asked for again later. Thread-safe. */
final class OneAtATime {
    /** A call under way. */
    private record Begun(Instruction instruction, CompletableFuture<Answer> answer) {}

    private final Overdue<CompletableFuture<Answer>> overdue;
    private final Map<ParticipantId, Begun> underWay = new ConcurrentHashMap<>();
    private final Function<String, Answer> late;

    /**
     * @param patience how long the answer of a call is waited for, or up to an eighth of it longer
     * @param late makes the answer of a call that goes on
     */
    OneAtATime(Duration patience, Timers timers, Function<String, Answer> late) {
        Answer stillAtWork = late.apply("it is still at work after " + patience);
        this.late = late;
        this.overdue = new Overdue<>(
                patience,
                timers,
                CompletableFuture::isDone,
                those -> those.forEach(answer -> answer.complete(stillAtWork)));
    }

    /**
     * @param call begun unless an earlier one to the participant is still under way, whose answer then is this one's if it tells the same;
     *     what tells the other side is asked for again later
     */
    CompletionStage<Answer> tell(
            ParticipantId participant, Instruction instruction, Supplier<CompletableFuture<Answer>> call) {
        Begun fresh = new Begun(instruction, new CompletableFuture<>());
        Begun earlier = underWay.putIfAbsent(participant, fresh);
        if (earlier == null) {
            begin(participant, call, fresh);
        } else if (earlier.instruction() != instruction) {
            return CompletableFuture.completedFuture(late.apply("it is still at work on " + earlier.instruction()));
        }
        CompletableFuture<Answer> answer =
                (earlier == null ? fresh : earlier).answer().copy();
        if (!answer.isDone()) {
            overdue.note(answer);
        }
        return answer;
    }

    private void begin(ParticipantId participant, Supplier<CompletableFuture<Answer>> call, Begun result) {
        CompletableFuture<Answer> given;
        try {
            given = call.get();
        } catch (RuntimeException failed) {
            given = CompletableFuture.failedFuture(failed);
        }
        var unused = given.whenComplete((answer, failure) -> {
            underWay.remove(participant, result);
            result.answer().complete(failure == null ? answer : new Answer.Unknown(String.valueOf(failure)));
        });
    }
}
