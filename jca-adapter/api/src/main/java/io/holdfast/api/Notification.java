package io.holdfast.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * Something that somebody is told by HTTP or by a JMS message once the transaction has committed, until it acknowledges; when the transaction
 * rolls back it is never told. Immutable.
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
 * <p>One for a JMS destination ({@link #send}) is acknowledged when the broker has it, which from then on delivers it until the receiver
 * acknowledges. It is a persistent text message with the body, and with the string properties {@value OutgoingMessage#ID_PROPERTY} ({@link
 * #id()}), {@value #TRANSACTION_PROPERTY}, {@value #PARTICIPANT_PROPERTY}, {@value #CONTENT_TYPE_PROPERTY} and, when it is signed, {@value
 * NotificationSignature#PROPERTY}. It may be in the destination more than once.
 *
 * @param id by which the receiver knows a repetition; 1 to 200 printable ASCII characters
 * @param address absolute, http or https, at an allowed host (the adapter's property {@code participantHosts}); or {@code jms:} and the name of
 *     a queue or topic in the server's JNDI, as the adapter's own threads see it: {@code jms:java:/jms/queue/orders}, {@code jms:jms/orders};
 *     names of one application ({@code java:app}, {@code java:module}, {@code java:comp}) are none of these
 * @param method how it is told
 * @param contentType of the body; 1 to 200 printable ASCII characters
 * @param body at most 65,536 characters (the adapter's property {@code maxNotificationCharacters}); it is stored with the transaction
 * @param signature see {@link #signedWith}; empty for none
 * @param giveUpAfter how long it is told at most, from the transaction's first participant on, but once at least; 1 second to 3,650 days, of which
 *     whole seconds count, or zero for without end. It has failed then
 */
public record Notification(
        String id,
        URI address,
        Method method,
        String contentType,
        String body,
        String signature,
        Duration giveUpAfter) {
    /** The JMS property with what {@value HttpParticipant#TRANSACTION_HEADER} has in HTTP. */
    public static final String TRANSACTION_PROPERTY = "HoldfastTransaction";

    /** The JMS property with what {@value HttpParticipant#PARTICIPANT_HEADER} has in HTTP. */
    public static final String PARTICIPANT_PROPERTY = "HoldfastParticipant";

    /** The JMS property with {@link #contentType()}. */
    public static final String CONTENT_TYPE_PROPERTY = "HoldfastContentType";

    private static final String JMS = "jms";

    /** How a receiver is told. */
    public enum Method {
        POST,
        PUT,
        /** By a JMS message; with addresses that begin with {@code jms:}, and only with these. */
        SEND
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

    /**
     * JSON by a JMS message, with an id of its own, without end.
     *
     * @param destination see {@link #address()}; without {@code jms:}
     */
    public static Notification send(String destination, String json) {
        return new Notification(
                UUID.randomUUID().toString(),
                jms(destination),
                Method.SEND,
                "application/json",
                json,
                "",
                Duration.ZERO);
    }

    /** JSON by a JMS message when the address begins with {@code jms:}, else by POST; with an id of its own, without end. */
    public static Notification to(URI address, String json) {
        return JMS.equalsIgnoreCase(address.getScheme())
                ? send(address.getSchemeSpecificPart(), json)
                : post(address, json);
    }

    private static URI jms(String destination) {
        try {
            return new URI(JMS, destination, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Not the name of a destination: '" + destination + "'", e);
        }
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
