package io.holdfast.rar;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator sees of an adapter and can tell it, under the name {@code io.holdfast:type=ResourceAdapter,node=NODE}, NODE being
 * the adapter's node id, from its start to its stop. Counts and times are those of this run; lists come from the log.
 *
 * <p>Operations throw {@link IllegalArgumentException} for an argument out of bounds and {@link IllegalStateException} when the branch is
 * not in a state for them; their messages start with a number that docs/messages.md explains. Nothing has changed then.
 */
public interface AdapterMXBean {
    /** The adapter's node id, generated once and kept with its log. */
    String getNodeId();

    /** The adapter's properties as they are in effect, by name. */
    Map<String, String> getProperties();

    /** Since the start: what was counted, by name. docs/adapter.md explains each. */
    Map<String, Long> getCounts();

    /** Since the start: how long calls took, by name; calls that failed count too. */
    List<TimesReport> getTimes();

    /** Branches that are at work, prepared, or wait for their participants. */
    int getBranches();

    /** Branches that are prepared and wait for the transaction manager. */
    int getInDoubt();

    /** Branches whose outcome is not what the transaction manager decided, or whose participants have failed for good. */
    int getHeuristic();

    /** Branches that are decided, and whose participants have not all answered. */
    int getUndelivered();

    /**
     * What no JTA transaction decides, and has been undecided for {@code alarmAfterSeconds}: of an application's participants of an LRA
     * that may be gone.
     */
    int getOpen();

    /** When the server's transaction recovery asked last in this run, in ISO 8601; empty if never. */
    String getLastRecovery();

    /** Those of {@link #getInDoubt}, 1000 at most. */
    List<BranchReport> getInDoubtBranches();

    /** Those of {@link #getHeuristic}, 1000 at most. */
    List<BranchReport> getHeuristicBranches();

    /** Those of {@link #getUndelivered}, 1000 at most. */
    List<BranchReport> getUndeliveredBranches();

    /** Those of {@link #getOpen}, 1000 at most. */
    List<BranchReport> getOpenFlows();

    /** What operators asked for and was not refused, the newest last, 1000 lines at most: time, operator, action and reason, separated by tabs. */
    List<String> getOperatorActions();

    /**
     * The branch of that name: one that is not ended, has failed or ended within statusRetentionSeconds; null for any other.
     *
     * @param name its Xid, its id, its flow, or one of its LRAs, as the lists show them; of several in one LRA the first is found
     */
    @Nullable
    BranchReport find(String name);

    /** Tells the participants that have not answered again at once, instead of at the end of their interval. */
    void retryNow();

    /**
     * Tells the participants of one branch, and with them whatever else waits for the same services and applications, again at once.
     *
     * @param branch its Xid, its id, its flow, or one of its LRAs, as {@link #getUndeliveredBranches} shows it
     */
    void retryBranchNow(String branch);

    /**
     * A person has done what a participant of an undelivered branch is told, or answers for it: it counts as done, is told nothing more,
     * and what waits for it goes on.
     *
     * @param branch its Xid, or its id, as {@link #getUndeliveredBranches} shows it
     * @param participant its id, as the branch's participants show it
     * @param operator who decides, 1 to 200 characters
     * @param reason why, 1 to 4000 characters
     */
    void resolveParticipant(String branch, String participant, String operator, String reason);

    /**
     * A participant of an undelivered branch that has not answered is told the other side instead, until it answers that: to cancel in a
     * branch that confirms, to confirm in one that cancels. The others keep the decision, the branch ends as failed and is then to be
     * {@linkplain #resolve resolved}; but where a first confirm that is refused cancels all, so does this. Cannot be taken back; nothing
     * happens when it is said again meanwhile.
     *
     * @param branch its Xid, or its id, as {@link #getUndeliveredBranches} shows it
     * @param participant its id, as the branch's participants show it
     * @param operator who decides, 1 to 200 characters
     * @param reason why, 1 to 4000 characters
     */
    void forceParticipant(String branch, String participant, String operator, String reason);

    /**
     * Commits a branch that is in doubt in the transaction manager's place. When it wants to roll back afterwards, it is told
     * XA_HEURCOM. Or an undecided flow whose LRA is gone: its participants are told to confirm, and it stays until
     * {@link #forgetHeuristic} for an LRA that comes back after all.
     *
     * @param branch its Xid, or its id, as {@link #getInDoubtBranches} or {@link #getOpenFlows} shows it
     * @param operator who decides, 1 to 200 characters
     * @param reason why, 1 to 4000 characters
     */
    void commitInDoubt(String branch, String operator, String reason);

    /** As {@link #commitInDoubt}, but rolls back; who wants to commit afterwards is told XA_HEURRB. */
    void rollbackInDoubt(String branch, String operator, String reason);

    /**
     * The transaction manager, or the LRA of a flow, will not ask for the heuristic outcome of a branch, as after the loss of its log: it is
     * kept no longer.
     *
     * @param branch its Xid, or its id, as {@link #getHeuristicBranches} shows it
     * @param operator who decides, 1 to 200 characters
     * @param reason why, 1 to 4000 characters
     */
    void forgetHeuristic(String branch, String operator, String reason);

    /**
     * A person has looked at a branch that has failed for good: nobody is told anything more, and it leaves the log. Refused while its
     * heuristic outcome is kept for the transaction manager.
     *
     * @param branch its Xid, or its id, as {@link #getHeuristicBranches} shows it
     * @param operator who decides, 1 to 200 characters
     * @param reason why, 1 to 4000 characters
     */
    void resolve(String branch, String operator, String reason);
}
