package io.holdfast.api;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * Something that somebody is told by HTTP once the transaction has committed, until it acknowledges; when the transaction rolls back it is
 * never told. Immutable.
 *
 * <pre>{@code
 * try (HoldfastConnection connection = holdfast.getConnection()) {
 *     connection.enlist(Notification.post(address, "{\"order\":7,\"state\":\"PAID\"}").signedWith(secret));
 * }
 * }</pre>
 *
 * <p>The request goes out at least once, maybe at the same time as an earlier one, maybe after a restart, at growing intervals with an upper
 * bound (the adapter's retryFirstMillis and retryMaxMillis), with the headers {@code Idempotency-Key} ({@link #id()}), {@value
 * HttpParticipant#TRANSACTION_HEADER} and {@value HttpParticipant#PARTICIPANT_HEADER} (which together are the id that {@link
 * HoldfastConnectionFactory#progressOf(Enlisted)} is asked by), and {@value NotificationSignature#HEADER} when it is signed. What its answer means:
 *
 * <ul>
 *   <li>Any 2xx: acknowledged.
 *   <li>410: it never wants to be told; the notification has failed, and a person has to look at it.
 *   <li>Anything else, and no answer: it is told again. Redirects are not followed.
 * </ul>
 *
 * @param id by which the receiver knows a repetition; 1 to 200 printable ASCII characters
 * @param address absolute, http or https, at an allowed host (the adapter's property {@code participantHosts})
 * @param method how it is told
 * @param contentType of the body; 1 to 200 printable ASCII characters
 * @param body at most 65,536 characters; it is stored with the transaction
 * @param signature see {@link #signedWith}; empty for none
 * @param giveUpAfter how long it is told at most, from the transaction's first participant on; zero for without end. It has failed then
 */
public record Notification(
        String id,
        URI address,
        Method method,
        String contentType,
        String body,
        String signature,
        Duration giveUpAfter) {
    /** How a receiver is told. */
    public enum Method {
        POST,
        PUT
    }

    public Notification {
        Objects.requireNonNull(address, "address");
    }

    /** JSON by POST, with an id of its own, without end. */
    public static Notification post(URI address, String json) {
        return new Notification(
                UUID.randomUUID().toString(), address, Method.POST, "application/json", json, "", Duration.ZERO);
    }

    /** JSON by PUT, with an id of its own, without end. */
    public static Notification put(URI address, String json) {
        return new Notification(
                UUID.randomUUID().toString(), address, Method.PUT, "application/json", json, "", Duration.ZERO);
    }

    /** With another {@link #id()}; to be called before it is signed. */
    public Notification withId(String other) {
        return new Notification(other, address, method, contentType, body, "", giveUpAfter);
    }

    /** With another {@link #giveUpAfter()}. */
    public Notification givingUpAfter(Duration time) {
        return new Notification(id, address, method, contentType, body, signature, time);
    }

    /**
     * Signed, so that the receiver can trust it. The secret stays with the caller: the adapter stores the signature only.
     *
     * @param secret shared with the receiver, see {@link NotificationSignature#of}
     */
    public Notification signedWith(byte[] secret) {
        return new Notification(
                id, address, method, contentType, body, NotificationSignature.of(secret, id, body), giveUpAfter);
    }
}
