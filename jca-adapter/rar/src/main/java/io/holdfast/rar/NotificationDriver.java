package io.holdfast.rar;

import io.holdfast.api.HttpParticipant;
import io.holdfast.api.Notification;
import io.holdfast.api.NotificationSignature;
import io.holdfast.api.OutgoingMessage;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.Timers;
import io.holdfast.rar.HttpCalls.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells receivers of notifications; {@link Notification} says what their answers mean. Thread-safe. */
final class NotificationDriver implements ParticipantDriver {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int GONE = 410;
    private static final int HUNDRED = 100;
    /** What follows that attempt follows another one of this run. */
    private static final int SURELY_TOLD = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpCalls calls;
    private final JmsCalls jms;
    private final OneAtATime sends;
    private final AllowedHosts hosts;
    private final Clock clock;

    NotificationDriver(HttpCalls calls, JmsCalls jms, AllowedHosts hosts, Clock clock, Timers timers) {
        this(calls, jms, hosts, clock, timers, PATIENCE);
    }

    /** @param patience after which a broker that has not taken a message counts as silent */
    NotificationDriver(
            HttpCalls calls, JmsCalls jms, AllowedHosts hosts, Clock clock, Timers timers, Duration patience) {
        this.calls = calls;
        this.jms = jms;
        this.hosts = hosts;
        this.clock = clock;
        this.sends = new OneAtATime(patience, timers, Answer.Unreachable::new);
    }

    @Override
    public String endpointOf(Participant participant) {
        return decoded(participant).endpoint();
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        if (call.instruction() != Instruction.CONFIRM) {
            throw new IllegalArgumentException("A deferred participant is never told " + call.instruction());
        }
        Notification notification = decoded(call.participant()).notification();
        if (isGivenUp(call, notification)) {
            return answer(new Answer.Refused(AdapterMessage.NOTIFICATION_GIVEN_UP.text(
                    notification.id(), notification.address(), notification.giveUpAfter())));
        }
        if (JmsCalls.isFor(notification.address())) {
            return sends.tell(
                    call.participant().id(),
                    call.instruction(),
                    () -> jms.send(notification.address(), notification.body(), properties(call, notification)));
        }
        if (HttpAddress.problem(notification.address(), hosts) != null) {
            AdapterMessage.HOST_NOT_ALLOWED.log(notification.address(), hosts);
            return answer(new Answer.Unreachable(AdapterMessage.HOST_NOT_ALLOWED.text(notification.address(), hosts)));
        }
        return calls.send(
                        notification.method().name(),
                        notification.address(),
                        headers(call, notification),
                        notification.body())
                .handle((reply, failure) -> failure == null
                        ? understood(reply, notification)
                        : new Answer.Unreachable(notification.address() + ": " + failure));
    }

    /**
     * Never before it was told: its transaction may have been in doubt, or the server away, for longer than that. A second attempt may be the
     * first one after a restart, and the one before it none.
     */
    private boolean isGivenUp(Call call, Notification notification) {
        Instant end = call.transaction().startedAt().plus(notification.giveUpAfter());
        return call.attempt() > SURELY_TOLD
                && !notification.giveUpAfter().isZero()
                && !clock.now().isBefore(end);
    }

    private static Map<String, String> headers(Call call, Notification notification) {
        Map<String, String> headers = new HashMap<>(Map.of(
                IDEMPOTENCY_KEY,
                notification.id(),
                "Content-Type",
                notification.contentType(),
                HttpParticipant.TRANSACTION_HEADER,
                call.transaction().id().value(),
                HttpParticipant.PARTICIPANT_HEADER,
                call.participant().id().value()));
        if (!notification.signature().isEmpty()) {
            headers.put(NotificationSignature.HEADER, notification.signature());
        }
        return headers;
    }

    private static Map<String, String> properties(Call call, Notification notification) {
        Map<String, String> properties = new HashMap<>(Map.of(
                OutgoingMessage.ID_PROPERTY,
                notification.id(),
                Notification.CONTENT_TYPE_PROPERTY,
                notification.contentType(),
                Notification.TRANSACTION_PROPERTY,
                call.transaction().id().value(),
                Notification.PARTICIPANT_PROPERTY,
                call.participant().id().value()));
        if (!notification.signature().isEmpty()) {
            properties.put(NotificationSignature.PROPERTY, notification.signature());
        }
        return properties;
    }

    private static Answer understood(Reply reply, Notification notification) {
        String shown = notification.address() + " answered " + reply.status();
        if (reply.status() / HUNDRED == 2) {
            return new Answer.Done();
        }
        return reply.status() == GONE ? new Answer.Refused(shown) : new Answer.Unknown(shown);
    }

    private static CompletionStage<Answer> answer(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static NotificationAddress decoded(Participant participant) {
        return NotificationAddress.decode(participant.address(), participant.data());
    }
}
