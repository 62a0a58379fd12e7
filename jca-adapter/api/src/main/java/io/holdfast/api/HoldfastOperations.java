package io.holdfast.api;

import java.util.List;
import java.util.Optional;

/**
 * What one operator sees and does of what does not end by itself: an application's own page for it, beside the adapter's MBean and the
 * coordinator's REST operations, with the same rules and the same notes. From {@link HoldfastConnectionFactory#operations}. Thread-safe when the
 * caller's check is.
 *
 * <pre>{@code
 * HoldfastOperations operations = holdfast.operations(request.getRemoteUser(), request::isUserInRole);
 * for (BranchEntry branch : operations.undelivered()) { // one of a moment ago is among them
 *     show(branch.id(), branch.startedAt(), branch.participants());
 * }
 * // and when the operator has done one participant's part:
 * operations.resolveParticipant(branchId, participantId, "paid by hand, voucher 4711");
 * }</pre>
 *
 * <p>Each method asks the caller's check anew, for the role that the adapter's property {@code operatorRole} named at the adapter's last start, and works
 * on the adapter as it runs then, also after a restart: who loses the role is refused as soon as the container's check says so, and a role that is
 * changed or taken away in the property counts when the adapter has been started anew. Needs no transaction and is part of none: what was done stays when the caller's own rolls back. Whatever decides is
 * noted with operator and reason in {@code operators.txt} in the log directory, durably, before it is done, and logged, both with blanks in place of
 * line breaks and other control characters.
 *
 * <p>A list has 1000 entries at most, in no order. One of 1000 may have been cut off: the others come as these are dealt with, and the adapter's MBean
 * counts all.
 *
 * <p>A branch is called by its {@link BranchEntry#id()} or its {@link BranchEntry#xid()}, in retries also by its flow or one of its
 * LRAs; 1 to 4000 characters. A participant is called by its {@link ParticipantEntry#id()}, 1 to 200 characters.
 *
 * <p>Each method throws {@link HoldfastException}, and nothing has been done then: HFRAR028 when the adapter is not started, HFRAR032 when the
 * operator's wish cannot be noted, HFRAR034 when the branch is not there or not in a state for it, HFRAR035 for an argument out of its
 * bounds, with name and bounds, or with nothing in it but blanks and control characters, HFRAR036 when no role is configured, HFRAR037 when the caller does
 * not have it, which is logged too. HFRAR038 when the adapter fails meanwhile, which may have done what it was asked. What the caller's check throws comes through as it is.
 */
public interface HoldfastOperations {
    /** Branches that are prepared and wait for the transaction manager; 1000 at most. */
    List<BranchEntry> inDoubt();

    /**
     * Branches that are decided, and whose participants have not all answered; 1000 at most. One is listed from its decision on, so that it may be
     * a moment old and end by itself: {@link BranchEntry#startedAt()} tells its age, {@link ParticipantEntry#attempts()}, {@link
     * ParticipantEntry#lastResult()} and {@link ParticipantEntry#alarmed()} whether somebody is needed.
     */
    List<BranchEntry> undelivered();

    /**
     * Branches whose outcome is not what the transaction manager decided, or whose participants have failed for good; also those that a person has
     * decided and the transaction manager has not yet, or not asked for since; 1000 at most.
     */
    List<BranchEntry> heuristic();

    /**
     * What no JTA transaction decides, and has been undecided for the adapter's {@code alarmAfterSeconds}: its LRA may be long, or lost; 1000 at
     * most. Empty when that property is 0, whatever there is.
     */
    List<BranchEntry> openFlows();

    /** What operators asked for and was not refused, here and by MBean and REST, the newest last; the last 1000. */
    List<OperatorAction> actions();

    /**
     * One that has not ended, has failed, or ended within the adapter's {@code statusRetentionSeconds}.
     *
     * @param name its Xid, its id, its flow, or one of its LRAs, as the lists show them, 1 to 4000 characters; of several in one LRA the first is found
     */
    Optional<BranchEntry> find(String name);

    /** Tells all participants that have not answered again at once, instead of at the end of their interval. Does not wait for them. */
    void retryNow();

    /**
     * Tells the participants of one undelivered branch, and with them whatever else waits for the same services and applications, again at once. Does
     * not wait for them.
     */
    void retryBranchNow(String branch);

    /**
     * A person has done what a participant of an undelivered branch is told, or answers for it: it counts as done, is told nothing more, and
     * what waits for it goes on. Refused when it has answered, unless it has failed.
     *
     * @param reason why, 1 to 4000 characters, not blank
     */
    void resolveParticipant(String branch, String participant, String reason);

    /**
     * A participant of an undelivered branch that has not answered is told the other side instead, until it answers that: to cancel in a branch
     * that confirms, to confirm in one that cancels. The others keep the decision, the branch ends as failed and is then to be {@linkplain #resolve
     * resolved}; but where a first confirm that is refused cancels all, so does this. Cannot be taken back; nothing happens when it is said
     * again meanwhile. Refused when it has answered, and while it waits for another one.
     *
     * @param reason why, 1 to 4000 characters, not blank
     */
    void forceParticipant(String branch, String participant, String reason);

    /**
     * Commits a branch that is in doubt in the transaction manager's place. When that wants to roll back afterwards, it is told XA_HEURCOM. Or an
     * undecided flow whose LRA is gone: its participants are told to confirm, and it stays until {@link #forgetHeuristic} for an LRA that comes
     * back after all.
     *
     * @param reason why, 1 to 4000 characters, not blank
     */
    void commitInDoubt(String branch, String reason);

    /** As {@link #commitInDoubt}, but rolls back; who wants to commit afterwards is told XA_HEURRB. */
    void rollbackInDoubt(String branch, String reason);

    /**
     * The transaction manager, or the LRA of a flow, will not ask for the heuristic outcome of a branch, as after the loss of its log: it is kept no
     * longer.
     *
     * @param reason why, 1 to 4000 characters, not blank
     */
    void forgetHeuristic(String branch, String reason);

    /**
     * A person has looked at a branch that has failed for good: nobody is told anything more, and it leaves the log. Refused while its heuristic
     * outcome is kept for the transaction manager.
     *
     * @param reason why, 1 to 4000 characters, not blank
     */
    void resolve(String branch, String reason);
}
