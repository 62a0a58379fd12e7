package io.holdfast.api;

import java.net.URI;
import java.time.Duration;

/**
 * A handle on the caller's branch at the resource adapter. Confined to the transaction in which it was taken; close it before the
 * transaction ends, its work goes on without it.
 */
public interface HoldfastConnection extends AutoCloseable {
    /** The header that carries an LRA's id to a service (MicroProfile LRA 2.0, LRA.LRA_HTTP_CONTEXT_HEADER). */
    String LRA_HEADER = "Long-Running-Action";

    /** The header that carries the id of the LRA around a nested one (LRA.LRA_HTTP_PARENT_CONTEXT_HEADER). */
    String LRA_PARENT_HEADER = "Long-Running-Action-Parent";

    /**
     * The LRA of this JTA transaction, to be sent to services in the header {@value #LRA_HEADER}. The first call starts it at the
     * configured coordinator; every connection of the same transaction then returns the same. It is closed when the JTA transaction
     * commits and cancelled when it rolls back.
     *
     * @throws HoldfastException outside a JTA transaction, after {@link #close()}, or when the coordinator did not start one; in the
     *     last case the transaction can only roll back
     */
    URI lra();

    /**
     * The same with a time limit for the LRA, which counts only if this call starts it; without one the adapter's configured limit
     * does. When it passes before the JTA transaction prepares, the LRA is cancelled and the JTA transaction can only roll back.
     *
     * @param timeLimit at least 1 ms
     * @throws HoldfastException as {@link #lra()}, or when the limit is shorter than 1 ms
     */
    URI lra(Duration timeLimit);

    /**
     * The LRA of this JTA transaction, as {@link #lra()}, started as one nested in another that the caller is in. It has the outcome of the JTA
     * transaction; when that has committed and the other is cancelled later, the coordinator has what was done in it compensated, but what
     * XA resources have committed stays. If the other is cancelled before this transaction prepares, it can only roll back; after that the
     * end of the other waits for this transaction's.
     *
     * @param parent the id of an active LRA of the coordinator that the adapter is configured with
     * @throws HoldfastException as {@link #lra()}; for an LRA of another coordinator; or when this transaction's LRA was started already and
     *     is not nested in this one. In the last two cases nothing has changed
     */
    URI nestedLra(URI parent);

    /**
     * The same with a time limit, as {@link #lra(Duration)}.
     *
     * @param timeLimit at least 1 ms
     * @throws HoldfastException as {@link #nestedLra(URI)}, or when the limit is shorter than 1 ms
     */
    URI nestedLra(URI parent, Duration timeLimit);

    /**
     * Makes a service a participant of this JTA transaction: it is told to confirm when that commits, and to cancel when it rolls
     * back. It is durable when the call returns, so that the service can act from then on. The same addresses again are the same participant.
     *
     * @throws HoldfastException outside a JTA transaction, in one that can only roll back, after {@link #close()}; for an address that is
     *     not absolute http or https, has user, fragment or more than 2048 characters, or whose host is not among the adapter's property
     *     {@code participantHosts} (default: this machine's loopback only); beyond the number of participants that a transaction may
     *     have; or when it could not be stored. In the last case the transaction can only roll back; else nothing has changed
     */
    Enlisted enlist(HttpParticipant participant);

    /**
     * Makes a bean a participant of this JTA transaction; see {@link LocalParticipant}. It is durable when the call returns, so that the
     * bean can act from then on. Each call makes another participant.
     *
     * @throws HoldfastException as {@link #enlist(HttpParticipant)}, or for names of more than 1024 characters or data of more than 65536
     */
    Enlisted enlist(LocalParticipant participant);

    /**
     * Tells somebody by HTTP or JMS once this JTA transaction has committed; see {@link Notification}. Each call makes another one. It is durable
     * when the call returns, and dropped without a word when the transaction rolls back.
     *
     * @throws HoldfastException as {@link #enlist(HttpParticipant)} for the address; for a JMS destination that is not in the server's JNDI, or
     *     where the adapter's property {@code jmsConnectionFactory} is not set; for an id, a content type, a body or a signature beyond
     *     its bounds, or a negative time
     */
    Enlisted enlist(Notification notification);

    /**
     * Replaces the data of a local participant of this JTA transaction, for example when its result is known. Durable when the call returns.
     *
     * @throws HoldfastException as {@link #enlist(LocalParticipant)}, or when the transaction has no such participant
     */
    void store(Enlisted participant, String data);

    /** Gives the handle back. Can be called again without effect. */
    @Override
    void close();
}
