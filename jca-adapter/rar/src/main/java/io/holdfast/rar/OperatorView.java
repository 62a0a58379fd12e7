package io.holdfast.rar;

import io.holdfast.api.BranchEntry;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HoldfastOperations;
import io.holdfast.api.OperatorAction;
import io.holdfast.rar.Operations.Concern;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Operations} for an application that acts for an operator, of the adapter as it runs at each call, and only as long as the
 * application's check says that the caller has the role.
 */
final class OperatorView implements HoldfastOperations {
    private static final int FIELDS_OF_ACTION = 4;

    private final Supplier<Branches> running;
    private final String operator;
    private final Predicate<String> isInRole;

    private OperatorView(Supplier<Branches> running, String operator, Predicate<String> isInRole) {
        this.running = running;
        this.operator = operator;
        this.isInRole = isInRole;
    }

    /**
     * The role is asked for before anything else is looked at, so that nobody else learns more than that.
     *
     * @param operator null for a caller who has not said who it is
     * @throws HoldfastException if the caller is no operator now, the name is none, or there is no check
     */
    static HoldfastOperations of(
            Supplier<Branches> running, @Nullable String operator, @Nullable Predicate<String> isInRole) {
        if (isInRole == null) {
            throw new HoldfastException(
                    AdapterMessage.BAD_OPERATION.text("isInRole", "missing", "the container's check of the caller"));
        }
        permitted(running, operator, isInRole);
        try {
            return new OperatorView(running, Operations.checkedOperator(operator), isInRole);
        } catch (NotDoneException bad) {
            throw new HoldfastException(String.valueOf(bad.getMessage()), bad.standard());
        }
    }

    private static Operations permitted(
            Supplier<Branches> running, @Nullable String operator, Predicate<String> isInRole) {
        Branches branches = running.get();
        String role = branches.settings().operatorRole();
        if (role.isEmpty()) {
            throw new HoldfastException(AdapterMessage.OPERATIONS_OFF.text());
        }
        if (!isInRole.test(role)) {
            String caller = Operations.shownOperator(operator);
            AdapterMessage.NOT_AN_OPERATOR.log(caller, role);
            throw new HoldfastException(AdapterMessage.NOT_AN_OPERATOR.text(caller, role));
        }
        return branches.operations();
    }

    private <T> T answer(Function<Operations, T> operation) {
        Operations operations = permitted(running, operator, isInRole);
        try {
            return operation.apply(operations);
        } catch (HoldfastException stopped) {
            throw stopped;
        } catch (NotDoneException refused) {
            throw new HoldfastException(String.valueOf(refused.getMessage()), refused.standard());
        } catch (RuntimeException failed) {
            throw new HoldfastException(AdapterMessage.OPERATION_FAILED.text(failed), failed);
        }
    }

    private void act(Consumer<Operations> operation) {
        answer(operations -> {
            operation.accept(operations);
            return operations;
        });
    }

    @Override
    public List<BranchEntry> inDoubt() {
        return answer(operations -> operations.list(Concern.IN_DOUBT));
    }

    @Override
    public List<BranchEntry> undelivered() {
        return answer(operations -> operations.list(Concern.UNDELIVERED));
    }

    @Override
    public List<BranchEntry> heuristic() {
        return answer(operations -> operations.list(Concern.HEURISTIC));
    }

    @Override
    public List<BranchEntry> openFlows() {
        return answer(operations -> operations.list(Concern.OPEN));
    }

    @Override
    public List<OperatorAction> actions() {
        return answer(Operations::actions).stream().map(OperatorView::action).toList();
    }

    /** A crash may have cut a line off. */
    private static OperatorAction action(String line) {
        String[] fields = (line + "\t\t\t").split("\t", FIELDS_OF_ACTION);
        return new OperatorAction(fields[0], fields[1], fields[2], fields[3].strip());
    }

    @Override
    public Optional<BranchEntry> find(String name) {
        return answer(operations -> operations.find(name));
    }

    @Override
    public void retryNow() {
        act(Operations::retryNow);
    }

    @Override
    public void retryBranchNow(String branch) {
        act(operations -> operations.retryBranchNow(branch));
    }

    @Override
    public void resolveParticipant(String branch, String participant, String reason) {
        act(operations -> operations.resolveParticipant(branch, participant, operator, reason));
    }

    @Override
    public void forceParticipant(String branch, String participant, String reason) {
        act(operations -> operations.forceParticipant(branch, participant, operator, reason));
    }

    @Override
    public void commitInDoubt(String branch, String reason) {
        act(operations -> operations.commitInDoubt(branch, operator, reason));
    }

    @Override
    public void rollbackInDoubt(String branch, String reason) {
        act(operations -> operations.rollbackInDoubt(branch, operator, reason));
    }

    @Override
    public void forgetHeuristic(String branch, String reason) {
        act(operations -> operations.forgetHeuristic(branch, operator, reason));
    }

    @Override
    public void resolve(String branch, String reason) {
        act(operations -> operations.resolve(branch, operator, reason));
    }
}
