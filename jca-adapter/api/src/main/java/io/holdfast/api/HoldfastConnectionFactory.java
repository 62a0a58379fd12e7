package io.holdfast.api;

import jakarta.resource.Referenceable;
import java.io.Serializable;
import java.util.function.Predicate;

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

    /**
     * From now on the dispatcher takes decisions to the local participants of the application, those that wait already first. A
     * registration under the same name is replaced.
     *
     * @param application of 1 to 1024 characters, the same after each deployment, unlike that of any other application on this server
     * @throws HoldfastException for such a name
     */
    LocalRegistration register(String application, LocalDispatcher dispatcher);

    /**
     * How far a participant has come; a notification too. Needs no transaction, and can be asked from anywhere, also after a restart.
     *
     * @throws HoldfastException if the adapter is not started
     */
    Progress progressOf(Enlisted enlisted);

    /**
     * How far a transaction has come, all of its participants together.
     *
     * @param transaction {@link Enlisted#transaction()}
     * @throws HoldfastException if the adapter is not started
     */
    Progress progressOf(String transaction);

    /**
     * Makes a bean a participant of another's transaction, which is not the caller's own: what it does belongs to what the other does in a
     * transaction of its own. Durable when the call returns.
     *
     * @throws HoldfastException as {@link HoldfastConnection#enlist(LocalParticipant)}, or when that transaction has ended
     */
    Enlisted enlist(Enlisted beside, LocalParticipant participant);

    /**
     * Makes a bean a participant of a flow that somebody else decides, an LRA for example, and not the caller's JTA transaction. The first
     * participant begins the flow. It has no time limit and goes on over a restart, until {@link #endFlow} is called. Durable when
     * the call returns.
     *
     * @param flow 1 to 4096 characters that name it, unlike any other on this server
     * @throws HoldfastException as {@link HoldfastConnection#enlist(LocalParticipant)}, for such a name, or when it is decided
     */
    Enlisted enlist(String flow, LocalParticipant participant);

    /**
     * Takes a participant out of a flow that is not decided, because it has done nothing and never will: it is told nothing. Durable when the
     * call returns.
     *
     * @return whether the flow has others
     * @throws HoldfastException when the flow is decided, or does not know it
     */
    boolean leave(Enlisted participant);

    /**
     * Cancels a flow ahead of whoever decides about it, because one of its participants has failed. It stays cancelled, also over restarts, until
     * that one has called {@link #endFlow} to cancel it too, or {@link #forgetFlow}.
     *
     * @param why for the operators, who see it among the heuristic outcomes meanwhile; at most 64 KB
     * @return what it is now; what was decided before stays, and is nothing to be kept
     */
    FlowState cancelFlow(String flow, String why);

    /** Whoever decides about a flow has been told that it was cancelled ahead of that. Nothing happens to any other flow. */
    void forgetFlow(String flow);

    /** The adapter's node id, generated once and kept with its log; its flows and participants are known to no other. */
    String nodeId();

    /**
     * Decides a flow: its participants are told, and told again until all have answered. Waits for them, no longer than the adapter's property
     * {@code holdTimeoutMillis}. What was decided before stays, also if it was the opposite. Can be called again.
     *
     * @return what it is now
     */
    FlowState endFlow(String flow, boolean confirm);

    /** What a flow is now: {@link FlowState#ACTIVE} also when others have decided in place of whoever does, who has not learnt of that. */
    FlowState flowState(String flow);

    /**
     * As {@link HoldfastConnection#store}, in whatever transaction the participant is.
     *
     * @throws HoldfastException as there, or when that transaction has ended
     */
    void store(Enlisted participant, String data);

    /**
     * An operator's view of the adapter, for an application's own page on which a person lists and resolves what does not end by itself. Off until
     * the administrator has named a role in the adapter's property {@code operatorRole}; what counts is the role as of the adapter's last start, and who has it
     * as the check answers. The check is asked for that role here and again at each
     * operation, in the thread that calls it, so it has to hold for that long: take a view for each request.
     *
     * <p>It is the application that says who its caller is and has authenticated them: the name is what {@code operators.txt} keeps.
     *
     * @param operator the caller's name, 1 to 200 characters, something else than blanks and control characters among them. May be null, as {@code
     *     request.getRemoteUser()} is for a caller who has not logged in, who is refused
     * @param isInRole the container's check of the caller: {@code request::isUserInRole}, {@code sessionContext::isCallerInRole}, {@code
     *     securityContext::isCallerInRole}
     * @throws HoldfastException if there is no check (HFRAR035), no role is configured (HFRAR036), the caller does not have it (HFRAR037, also logged, whatever
     *     the name is), the name is null or out of its bounds (HFRAR035), or the adapter is not started
     */
    HoldfastOperations operations(String operator, Predicate<String> isInRole);
}
