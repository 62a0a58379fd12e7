package io.holdfast.rar;

import io.holdfast.api.BranchEntry;
import io.holdfast.rar.Operations.Concern;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The adapter's figures and its {@link Operations} in the types of an MXBean. Thread-safe. */
final class AdapterManagement implements AdapterMXBean {
    private final Branches branches;
    private final Operations operations;

    AdapterManagement(Branches branches) {
        this.branches = branches;
        this.operations = branches.operations();
    }

    @Override
    public String getNodeId() {
        return branches.nodeId();
    }

    @Override
    public Map<String, String> getProperties() {
        return branches.settings().inEffect();
    }

    @Override
    public Map<String, Long> getCounts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Statistics.Counter counter : Statistics.Counter.values()) {
            counts.put(counter.name(), branches.statistics().counted(counter));
        }
        counts.put("LOG_FORCES", branches.engine().logForces());
        return counts;
    }

    @Override
    public List<TimesReport> getTimes() {
        return Arrays.stream(Statistics.Timing.values())
                .map(timing -> TimesReport.of(timing, branches.statistics().times(timing)))
                .toList();
    }

    @Override
    public int getBranches() {
        return branches.known();
    }

    @Override
    public int getInDoubt() {
        return operations.count(Concern.IN_DOUBT);
    }

    @Override
    public int getHeuristic() {
        return operations.count(Concern.HEURISTIC);
    }

    @Override
    public int getUndelivered() {
        return operations.count(Concern.UNDELIVERED);
    }

    @Override
    public int getOpen() {
        return operations.count(Concern.OPEN);
    }

    @Override
    public String getLastRecovery() {
        return Optional.ofNullable(branches.statistics().lastRecover())
                .map(Object::toString)
                .orElse("");
    }

    @Override
    public List<BranchReport> getInDoubtBranches() {
        return reports(Concern.IN_DOUBT);
    }

    @Override
    public List<BranchReport> getHeuristicBranches() {
        return reports(Concern.HEURISTIC);
    }

    @Override
    public List<BranchReport> getUndeliveredBranches() {
        return reports(Concern.UNDELIVERED);
    }

    @Override
    public List<BranchReport> getOpenFlows() {
        return reports(Concern.OPEN);
    }

    private List<BranchReport> reports(Concern concern) {
        List<BranchEntry> listed = operations.list(concern);
        return listed.stream().map(BranchReport::of).toList();
    }

    /** JMX clients do not have our classes. */
    private static <T> T answer(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (NotDoneException refused) {
            throw refused.standard();
        }
    }

    private static void act(Runnable operation) {
        answer(() -> {
            operation.run();
            return true;
        });
    }

    @Override
    public List<String> getOperatorActions() {
        return answer(operations::actions);
    }

    @Override
    public @Nullable BranchReport find(String name) {
        return answer(() -> operations.find(name)).map(BranchReport::of).orElse(null);
    }

    @Override
    public void retryNow() {
        act(() -> operations.retryNow());
    }

    @Override
    public void retryBranchNow(String branch) {
        act(() -> operations.retryBranchNow(branch));
    }

    @Override
    public void resolveParticipant(String branch, String participant, String operator, String reason) {
        act(() -> operations.resolveParticipant(branch, participant, operator, reason));
    }

    @Override
    public void forceParticipant(String branch, String participant, String operator, String reason) {
        act(() -> operations.forceParticipant(branch, participant, operator, reason));
    }

    @Override
    public void commitInDoubt(String branch, String operator, String reason) {
        act(() -> operations.commitInDoubt(branch, operator, reason));
    }

    @Override
    public void rollbackInDoubt(String branch, String operator, String reason) {
        act(() -> operations.rollbackInDoubt(branch, operator, reason));
    }

    @Override
    public void forgetHeuristic(String branch, String operator, String reason) {
        act(() -> operations.forgetHeuristic(branch, operator, reason));
    }

    @Override
    public void resolve(String branch, String operator, String reason) {
        act(() -> operations.resolve(branch, operator, reason));
    }
}
