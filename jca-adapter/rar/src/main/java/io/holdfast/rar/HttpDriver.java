package io.holdfast.rar;

import io.holdfast.api.HttpParticipant;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Participant;
import io.holdfast.rar.HttpCalls.Reply;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells HTTP participants; {@link HttpParticipant} says what their answers mean. Thread-safe. */
final class HttpDriver implements ParticipantDriver {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int SERVER_ERRORS = 500;
    private static final String FAILED = "Failed";

    private final HttpCalls calls;
    private final AllowedHosts hosts;

    HttpDriver(HttpCalls calls, AllowedHosts hosts) {
        this.calls = calls;
        this.hosts = hosts;
    }

    @Override
    public String endpointOf(Participant participant) {
        return HttpAddress.decode(participant.address()).endpoint();
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        HttpAddress address = HttpAddress.decode(call.participant().address());
        Wish wish = Wish.of(call.instruction());
        URI callback = wish == Wish.CONFIRM ? address.confirm() : address.cancel();
        String progress = call.participant().progressAddress();
        URI status = progress == null ? address.status() : URI.create(progress);
        boolean maybeTold = call.attempt() > 1 || progress != null;
        return status != null && maybeTold
                ? ask(call, wish, status)
                        .thenCompose(known -> known.<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                                .orElseGet(() -> tell(call, wish, callback)))
                : tell(call, wish, callback);
    }

    private CompletableFuture<Answer> tell(Call call, Wish wish, URI callback) {
        return send("PUT", callback, call).thenApply(sent -> {
            Reply reply = sent.reply();
            if (reply == null) {
                return sent.noAnswer();
            }
            boolean done = reply.status() == OK || reply.status() == NO_CONTENT;
            return understood(reply, callback, call, wish)
                    .orElseGet(() -> done ? new Answer.Done() : new Answer.Unknown(shown(reply, callback)));
        });
    }

    /** Empty when the participant does not say that it was told. */
    private CompletableFuture<Optional<Answer>> ask(Call call, Wish wish, URI status) {
        return send("GET", status, call).thenApply(sent -> {
            Reply reply = sent.reply();
            if (reply == null) {
                return Optional.of(sent.noAnswer());
            }
            if (reply.status() == OK && reply.body().equals(wish.done)) {
                return Optional.of(new Answer.Done());
            }
            if (reply.status() == OK && reply.body().equals(wish.doing)) {
                return Optional.of(new Answer.InProgress(call.participant().progressAddress()));
            }
            return understood(reply, status, call, wish);
        });
    }

    /** What means the same in the answer to a decision and to the question for the status. */
    private Optional<Answer> understood(Reply reply, URI address, Call call, Wish wish) {
        boolean failed = reply.status() < SERVER_ERRORS && reply.body().startsWith(FAILED);
        boolean opposite = reply.status() == OK && reply.body().equals(wish.opposite);
        boolean gone = reply.status() == GONE;
        // It may have forgotten what it was told before a person forced it to the other side.
        if (reply.status() == CONFLICT || failed || opposite || (gone && call.isForced())) {
            return Optional.of(new Answer.Refused(shown(reply, address)));
        }
        if (gone) {
            return Optional.of(new Answer.Done());
        }
        return reply.status() == ACCEPTED
                ? Optional.of(new Answer.InProgress(progressAddress(reply, address, call.participant())))
                : Optional.empty();
    }

    private @Nullable String progressAddress(Reply reply, URI address, Participant participant) {
        if (reply.location().isEmpty()) {
            return participant.progressAddress();
        }
        String location = reply.location().get();
        String problem;
        try {
            URI progress = address.resolve(location);
            problem = HttpAddress.problem(progress, hosts);
            if (problem == null) {
                return progress.toString();
            }
        } catch (IllegalArgumentException notAnAddress) {
            problem = String.valueOf(notAnAddress.getMessage());
        }
        AdapterMessage.PROGRESS_ADDRESS_IGNORED.log(address, "it must be " + problem);
        return participant.progressAddress();
    }

    private CompletableFuture<Sent> send(String method, URI address, Call call) {
        if (HttpAddress.problem(address, hosts) != null) {
            AdapterMessage.HOST_NOT_ALLOWED.log(address, hosts);
            return CompletableFuture.completedFuture(
                    new Sent(null, AdapterMessage.HOST_NOT_ALLOWED.text(address, hosts)));
        }
        Map<String, String> headers = Map.of(
                HttpParticipant.TRANSACTION_HEADER,
                call.transaction().id().value(),
                HttpParticipant.PARTICIPANT_HEADER,
                call.participant().id().value());
        return calls.send(method, address, headers)
                .handle((reply, failure) -> new Sent(reply, address + ": " + cause(failure)));
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static String shown(Reply reply, URI address) {
        return address + " answered " + reply.status() + " " + reply.body().replaceAll("\\p{Cntrl}", "?");
    }

    /** One request: what was answered, or why there is no answer. */
    private record Sent(@Nullable Reply reply, String failure) {
        Answer noAnswer() {
            return new Answer.Unreachable(failure);
        }
    }

    /** What the transaction wants, in the participants' words. */
    private enum Wish {
        CONFIRM("Confirmed", "Confirming", "Cancelled"),
        CANCEL("Cancelled", "Cancelling", "Confirmed");

        private final String done;
        private final String doing;
        private final String opposite;

        Wish(String done, String doing, String opposite) {
            this.done = done;
            this.doing = doing;
            this.opposite = opposite;
        }

        static Wish of(Instruction instruction) {
            return switch (instruction) {
                case CONFIRM -> CONFIRM;
                case CANCEL -> CANCEL;
                case PREPARE, FORGET, OUTCOME ->
                    throw new IllegalArgumentException("A participant that has acted is never told " + instruction);
            };
        }
    }
}
