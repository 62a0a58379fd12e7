package io.holdfast.rar;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.state.ParticipantId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets one call at a time be under way to a participant, each as long as it takes; a call that goes on is asked for again later. Thread-safe. */
final class OneAtATime {
    private final Duration patience;
    private final Map<ParticipantId, CompletableFuture<Answer>> underWay = new ConcurrentHashMap<>();

    /** @param patience how long the answer of a call is waited for */
    OneAtATime(Duration patience) {
        this.patience = patience;
    }

    /** @param call begun unless an earlier one to the participant is still under way, whose answer then is this one's */
    CompletionStage<Answer> tell(ParticipantId participant, Supplier<CompletableFuture<Answer>> call) {
        CompletableFuture<Answer> fresh = new CompletableFuture<>();
        CompletableFuture<Answer> earlier = underWay.putIfAbsent(participant, fresh);
        if (earlier == null) {
            begin(participant, call, fresh);
        }
        Answer stillAtWork = new Answer.Unknown("it is still at work after " + patience);
        return (earlier == null ? fresh : earlier)
                .copy()
                .completeOnTimeout(stillAtWork, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void begin(
            ParticipantId participant, Supplier<CompletableFuture<Answer>> call, CompletableFuture<Answer> result) {
        CompletableFuture<Answer> given;
        try {
            given = call.get();
        } catch (RuntimeException failed) {
            given = CompletableFuture.failedFuture(failed);
        }
        var unused = given.whenComplete((answer, failure) -> {
            underWay.remove(participant, result);
            result.complete(failure == null ? answer : new Answer.Unknown(String.valueOf(failure)));
        });
    }
}
