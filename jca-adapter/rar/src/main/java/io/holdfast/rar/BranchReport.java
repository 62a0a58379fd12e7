package io.holdfast.rar;

import io.holdfast.api.BranchEntry;
import java.util.List;
import javax.management.ConstructorParameters;

/** A branch as the log has it, for the MBean. Immutable. */
public final class BranchReport {
    private final String id;
    private final String xid;
    private final String flow;
    private final String state;
    private final String reason;
    private final String startedAt;
    private final String endedAt;
    private final String heuristic;
    private final String operator;
    private final String why;
    private final List<String> lras;
    private final List<String> participants;

    @ConstructorParameters({
        "id",
        "xid",
        "flow",
        "state",
        "reason",
        "startedAt",
        "endedAt",
        "heuristic",
        "operator",
        "why",
        "lras",
        "participants"
    })
    public BranchReport(
            String id,
            String xid,
            String flow,
            String state,
            String reason,
            String startedAt,
            String endedAt,
            String heuristic,
            String operator,
            String why,
            List<String> lras,
            List<String> participants) {
        this.id = id;
        this.xid = xid;
        this.flow = flow;
        this.state = state;
        this.reason = reason;
        this.startedAt = startedAt;
        this.endedAt = endedAt;
        this.heuristic = heuristic;
        this.operator = operator;
        this.why = why;
        this.lras = List.copyOf(lras);
        this.participants = List.copyOf(participants);
    }

    static BranchReport of(BranchEntry branch) {
        BranchEntry.Heuristic told = branch.heuristic();
        return new BranchReport(
                branch.id(),
                branch.xid(),
                branch.flow(),
                branch.state().name(),
                branch.reason(),
                branch.startedAt().toString(),
                branch.endedAt() == null ? "" : branch.endedAt().toString(),
                told == null ? "" : told.cause().name(),
                told == null ? "" : told.operator(),
                told == null ? "" : told.why(),
                branch.lras(),
                branch.participants().stream()
                        .map(participant -> participant.state() + " " + participant.address() + " " + participant.id())
                        .toList());
    }

    /** What operations call it by if it has no Xid, and may call it by if it has one. */
    public String getId() {
        return id;
    }

    /** {@code formatId:globalTransactionId:branchQualifier}, the last two in hex; empty for what no JTA transaction decides. */
    public String getXid() {
        return xid;
    }

    /** The name of what no JTA transaction decides: of an application's participants of an LRA, the application and the LRA; else empty. */
    public String getFlow() {
        return flow;
    }

    /** PREPARED, CONFIRMING, CONFIRMED, CANCELLING, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL, ACTIVE or PREPARING. */
    public String getState() {
        return state;
    }

    /** Why it was decided so; empty when it is not. */
    public String getReason() {
        return reason;
    }

    /** In ISO 8601. */
    public String getStartedAt() {
        return startedAt;
    }

    /** In ISO 8601; empty when it has not ended. */
    public String getEndedAt() {
        return endedAt;
    }

    /** PERSON or HAZARD while the transaction manager has not forgotten it; else empty. */
    public String getHeuristic() {
        return heuristic;
    }

    /** Who decided in the transaction manager's place; else empty. */
    public String getOperator() {
        return operator;
    }

    /** The operator's reason, or what went wrong; else empty. */
    public String getWhy() {
        return why;
    }

    /** The LRAs that end with the branch. */
    public List<String> getLras() {
        return lras;
    }

    /** Each with its state, its address and its id. */
    public List<String> getParticipants() {
        return participants;
    }
}
