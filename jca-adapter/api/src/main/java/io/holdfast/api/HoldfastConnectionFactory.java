package io.holdfast.api;

import jakarta.resource.Referenceable;
import java.io.Serializable;

/**
 * Gives connections to the resource adapter; found in JNDI under the name that the administrator chose. Thread-safe.
 *
 * <pre>{@code
 * @Resource(name = "eis/holdfast")
 * HoldfastConnectionFactory holdfast;
 *
 * try (HoldfastConnection connection = holdfast.getConnection()) {
 *     request.header(HoldfastConnection.LRA_HEADER, connection.lra());
 * }
 * }</pre>
 */
public interface HoldfastConnectionFactory extends Serializable, Referenceable {
    /**
     * A connection that belongs to the caller's JTA transaction: everything enlisted through it is committed or rolled back with
     * it. Connections of one transaction share one branch.
     *
     * @throws HoldfastException if the server cannot give one
     */
    HoldfastConnection getConnection();
}
