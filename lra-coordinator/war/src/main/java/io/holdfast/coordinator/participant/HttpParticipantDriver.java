package io.holdfast.coordinator.participant;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.HostList;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraId;
import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.coordinator.participant.Callbacks.Reply;
import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Participant;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells LRA participants to complete or to compensate (MicroProfile LRA 2.0, section "participant callbacks").
 *
 * <p>A participant that may have been told before is asked for its status first, when it has an address for that; one that has none is
 * told again, which the specification lets it expect. Thread-safe.
 */
public final class HttpParticipantDriver implements ParticipantDriver {
    private final Callbacks callbacks;
    private final HostList hosts;
    private final Consumer<Alarm> alarms;

    /**
     * @param hosts where a participant's {@code Location} may lead
     * @param alarms hears of participants that do not do what they are told; must not block
     */
    public HttpParticipantDriver(Callbacks callbacks, HostList hosts, Consumer<Alarm> alarms) {
        this.callbacks = callbacks;
        this.hosts = hosts;
        this.alarms = alarms;
    }

    @Override
    public void alarmed(Alarm alarm) {
        alarms.accept(alarm);
    }

    @Override
    public String endpointOf(Participant participant) {
        return new StoredLinks(participant.address()).endpoint();
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        return switch (call.instruction()) {
            case FORGET -> forget(call);
            case OUTCOME -> tellOutcome(call);
            case PREPARE, CONFIRM, CANCEL -> decide(call);
        };
    }

    /** Acknowledged by success, or by a participant that says that it has forgotten already. */
    private CompletionStage<Answer> forget(Call call) {
        LraId lra = Lra.of(call.transaction()).id();
        return notify(
                call,
                Rel.FORGET,
                "DELETE",
                CallbackHeaders.ending(lra, call.participant()),
                "",
                HttpParticipantDriver::isSuccessOrGone);
    }

    /** Acknowledged by 200 (MicroProfile LRA 2.0, {@code AfterLRA}), and by the 204 of a JAX-RS method that returns nothing. */
    private CompletionStage<Answer> tellOutcome(Call call) {
        Lra lra = Lra.of(call.transaction());
        return notify(
                call,
                Rel.AFTER,
                "PUT",
                CallbackHeaders.ended(lra.id(), call.participant()),
                lra.status().word(),
                status -> status == 200 || status == 204);
    }

    private static boolean isSuccessOrGone(int status) {
        return status / 100 == 2 || status == 410;
    }

    /** Tells a notice; anything but an acknowledgement is unknown, so that it is told again. */
    private CompletionStage<Answer> notify(
            Call call, Rel rel, String method, Map<String, String> headers, String body, IntPredicate acknowledges) {
        Optional<URI> address = new StoredLinks(call.participant().address()).find(rel);
        if (address.isEmpty()) {
            return CompletableFuture.completedFuture(new Answer.Done());
        }
        return callbacks.send(method, address.get(), headers, body).handle((reply, failure) -> {
            if (failure != null) {
                return noAnswer(address.get(), failure);
            }
            return acknowledges.test(reply.status())
                    ? new Answer.Done()
                    : new Answer.Unknown(answered(reply, address.get()));
        });
    }

    private CompletionStage<Answer> decide(Call call) {
        Wish wish = Wish.of(call.instruction());
        StoredLinks links = new StoredLinks(call.participant().address());
        Optional<URI> callback = links.find(wish.rel());
        if (callback.isEmpty()) {
            return CompletableFuture.completedFuture(new Answer.Done());
        }
        var attempt = new Attempt(
                wish,
                Lra.of(call.transaction()).id(),
                call.participant(),
                callback.get(),
                links.find(Rel.STATUS),
                call.isForced());
        boolean mayHaveBeenTold = call.attempt() > 1 || call.participant().progressAddress() != null;
        return mayHaveBeenTold ? attempt.askThenTell() : attempt.tell();
    }

    /** One attempt at one participant. */
    private final class Attempt {
        private final Wish wish;
        private final LraId lra;
        private final Participant participant;
        private final URI callback;
        private final Optional<URI> status;
        private final boolean forced;

        Attempt(Wish wish, LraId lra, Participant participant, URI callback, Optional<URI> status, boolean forced) {
            this.wish = wish;
            this.lra = lra;
            this.participant = participant;
            this.callback = callback;
            this.status = status;
            this.forced = forced;
        }

        CompletionStage<Answer> tell() {
            return callbacks
                    .send("PUT", callback, CallbackHeaders.ending(lra, participant), "")
                    .handle((reply, failure) -> failure == null
                            ? told(reply)
                            : CompletableFuture.<Answer>completedFuture(noAnswer(callback, failure)))
                    .thenCompose(answer -> answer);
        }

        private CompletionStage<Answer> told(Reply reply) {
            Optional<Answer> understood = understood(reply, callback);
            if (understood.isPresent()) {
                return CompletableFuture.completedFuture(understood.get());
            }
            boolean done = reply.status() == 200 || reply.status() == 204;
            if (done) {
                return CompletableFuture.completedFuture(new Answer.Done());
            }
            Answer unknown = new Answer.Unknown(answered(reply, callback));
            return status.isEmpty()
                    ? CompletableFuture.completedFuture(unknown)
                    : ask(status.get()).thenApply(asked -> asked.orElse(unknown));
        }

        CompletionStage<Answer> askThenTell() {
            String progress = participant.progressAddress();
            return progress == null ? askStatusThenTell() : askProgressThenStatus(URI.create(progress));
        }

        /** A progress address elsewhere that does not answer says nothing of the participant. */
        private CompletionStage<Answer> askProgressThenStatus(URI progress) {
            boolean elsewhere = !callback.getRawAuthority().equals(progress.getRawAuthority());
            return ask(progress)
                    .thenCompose(answer -> answer.filter(known -> !(elsewhere && known instanceof Answer.Unreachable))
                            .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                            .orElseGet(this::askStatusThenTell));
        }

        private CompletionStage<Answer> askStatusThenTell() {
            return status.isEmpty()
                    ? tell()
                    : ask(status.get()).thenCompose(answer -> answer.<CompletionStage<Answer>>map(
                                    CompletableFuture::completedFuture)
                            .orElseGet(this::tell));
        }

        /** Empty when the participant does not know that it was told. */
        private CompletionStage<Optional<Answer>> ask(URI address) {
            return callbacks
                    .send("GET", address, CallbackHeaders.ending(lra, participant), "")
                    .handle((reply, failure) -> {
                        if (failure != null) {
                            return Optional.of(noAnswer(address, failure));
                        }
                        return reply.status() == 200 && wish.isFinished(reply.body())
                                ? Optional.of(new Answer.Done())
                                : understood(reply, address);
                    });
        }

        /** What means the same as the answer to a callback and to the question for the status. */
        private Optional<Answer> understood(Reply reply, URI address) {
            boolean passing = reply.status() == 503;
            boolean gone = reply.status() == 410;
            // It may have forgotten what it was told before a person forced it to the other side.
            if (reply.status() == 409 || (wish.isFailure(reply.body()) && !passing) || (gone && forced)) {
                return Optional.of(new Answer.Refused(answered(reply, address)));
            }
            if (gone) {
                return Optional.of(new Answer.Done());
            }
            if (reply.status() == 202 || (reply.status() == 200 && wish.isInProgress(reply.body()))) {
                return Optional.of(new Answer.InProgress(progressAddress(reply, address)));
            }
            return Optional.empty();
        }

        private @Nullable String progressAddress(Reply reply, URI address) {
            if (reply.location().isEmpty()) {
                return participant.progressAddress();
            }
            String location = reply.location().get();
            try {
                URI progress = address.resolve(location);
                String host = progress.getHost();
                boolean http =
                        "http".equalsIgnoreCase(progress.getScheme()) || "https".equalsIgnoreCase(progress.getScheme());
                boolean reachable = http && host != null && progress.getPort() <= Bounds.MAX_PORT;
                if (reachable && hosts.allows(host) && location.length() <= Bounds.MAX_LINK_CHARACTERS) {
                    return progress.toString();
                }
                CoordinatorMessage.PROGRESS_ADDRESS_IGNORED.log(Bounds.shown(location), lra);
            } catch (IllegalArgumentException notAUrl) {
                CoordinatorMessage.PROGRESS_ADDRESS_IGNORED.log(Bounds.shown(location), lra);
            }
            return participant.progressAddress();
        }
    }

    private static String answered(Reply reply, URI address) {
        return address + " answered " + reply.status() + " " + Bounds.shown(reply.body());
    }

    private static Answer noAnswer(URI address, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new Answer.Unreachable(
                cause instanceof TimeoutException ? String.valueOf(cause.getMessage()) : address + ": " + cause);
    }
}
