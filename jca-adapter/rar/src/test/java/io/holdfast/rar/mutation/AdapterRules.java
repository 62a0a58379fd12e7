package io.holdfast.rar.mutation;

import io.holdfast.mutation.BrokenRule;
import io.holdfast.mutation.BrokenRule.Edit;
import java.util.List;

/** The adapter's rules, which are broken one by one. Tests that fork a JVM would run the unbroken one, so they are not among these. */
final class AdapterRules {
    static final List<String> TESTS = List.of(
            "XidCodecTest",
            "SeveralAdaptersTest",
            "MisuseTest",
            "TimeLimitTest",
            "RecoveryWatchTest",
            "BridgeTest",
            "HeuristicTest",
            "OperationsTest",
            "RestartTest",
            "BranchXAResourceTest");

    static final List<BrokenRule> ALL = List.of(
            rule(
                    "nothing done is read-only",
                    "BranchXAResourceTest",
                    new Edit("branches.remove(branch); return XA_RDONLY;", "branches.remove(branch); return XA_OK;")),
            rule(
                    "a refused branch is never recovered",
                    "RestartTest",
                    new Edit(
                            "tx.state() == TransactionState.PREPARED || tx.heuristic() != null",
                            "!tx.state().isFinal() || tx.heuristic() != null")),
            rule(
                    "an active branch is never recovered",
                    "BranchXAResourceTest",
                    new Edit(
                            "tx.state() == TransactionState.PREPARED || tx.heuristic() != null",
                            "!tx.state().isDecided() || tx.heuristic() != null")),
            rule(
                    "a heuristic outcome is recovered",
                    "HeuristicTest",
                    new Edit("TransactionState.PREPARED || tx.heuristic() != null", "TransactionState.PREPARED")),
            rule(
                    "a heuristic outcome is kept until it is forgotten",
                    "HeuristicTest",
                    new Edit("if (isHeuristic) { return; }", "")),
            rule(
                    "a heuristic outcome is durable before it is told",
                    "HeuristicTest",
                    new Edit(
                            "branches.patience(Duration.ZERO).await(branches.engine().recordHazard(id(enlistment), text));",
                            "id(enlistment);")),
            rule(
                    "a failure after commit was answered is not recovered",
                    "HeuristicTest",
                    new Edit(
                            "restore(xid, Branch.Phase.FAILED, enlistment);",
                            "restore(xid, Branch.Phase.HEURISTIC, enlistment);")),
            rule(
                    "one-phase commit looks at the vote",
                    "BranchXAResourceTest",
                    new Edit("if (voted.state().cancels()) { throw rolledBack(branch, voted); }", ""),
                    new Edit(
                            "if (!voted.state().confirms()) { throw protocol(branch.xid(), \"commit in one phase\","
                                    + " \"its vote is \" + voted.state()); }",
                            "")),
            rule(
                    "one-phase commit never says that it may be repeated",
                    "RestartTest",
                    new Edit(
                            "suppress(failed, notStored); code = XAException.XA_RBROLLBACK;",
                            "suppress(failed, notStored); code = XAException.XA_RETRY;")),
            rule(
                    "a passing failure is that of the resource manager",
                    "BridgeTest",
                    new Edit(
                            "return failure(XAException.XAER_RMFAIL, AdapterMessage.DECISION_NOT_STORED",
                            "return failure(XAException.XA_RETRY, AdapterMessage.DECISION_NOT_STORED")),
            rule(
                    "an unknown Xid is told as such",
                    "BranchXAResourceTest",
                    new Edit(
                            "failure(XAException.XAER_NOTA, AdapterMessage.UNKNOWN_BRANCH.text(xid), null)",
                            "failure(XAException.XAER_PROTO, AdapterMessage.UNKNOWN_BRANCH.text(xid), null)")),
            rule(
                    "two adapters are two resource managers",
                    "SeveralAdaptersTest",
                    new Edit("&& that.branches == branches", "")),
            rule(
                    "recover tests its flags by bit",
                    "BranchXAResourceTest",
                    new Edit("if ((flags & TMSTARTRSCAN) == 0)", "if (flags != TMSTARTRSCAN)")),
            rule(
                    "a scan that goes on finds nothing more",
                    "BranchXAResourceTest",
                    new Edit("if ((flags & TMSTARTRSCAN) == 0) { return new Xid[0]; }", "")),
            rule(
                    "Xids are compared by value",
                    "XidCodecTest",
                    new Edit(
                            "return other instanceof XidValue that && formatId == that.formatId",
                            "return other == this && other instanceof XidValue that")),
            rule(
                    "an Xid has its bounds",
                    "XidCodecTest",
                    new Edit("if (part == null || part.length > max)", "if (part == null)")),
            rule(
                    "the transaction's time-out counts",
                    "TimeLimitTest",
                    new Edit("timeoutSeconds == 0 ? null : Duration.ofSeconds(timeoutSeconds)", "null")),
            rule(
                    "a restart keeps what is in doubt",
                    "RestartTest",
                    new Edit("restore(xid, Branch.Phase.PREPARED, enlistment);", "")),
            rule(
                    "what a restart finds undecided is cancelled",
                    "RestartTest",
                    new Edit("Settings.FOR_BRANCHES", "Settings.FOR_LRAS")),
            rule(
                    "the intent is durable before the coordinator hears of it",
                    "BridgeTest",
                    new Edit(
                            "return joined.thenApply(join ->",
                            "client.start(intent, XidCodec.encode(xid), limit, settings.startTimeout());"
                                    + " return joined.thenApply(join ->")),
            rule(
                    "an LRA whose start was not answered is found by its token",
                    "RestartTest",
                    new Edit(
                            "return client.start(address, call.transaction().origin(), limit, startTimeout) .thenCompose(found -> {",
                            "return CompletableFuture.completedFuture(address) .thenCompose(found -> {")),
            rule(
                    "a Holdfast coordinator is asked to hold",
                    "BranchXAResourceTest",
                    new Edit(
                            "address.kind() == LraAddress.Kind.OURS ? hold(call, address, lra) : checkActive(address, lra)",
                            "checkActive(address, lra)")),
            rule(
                    "a foreign LRA that ended otherwise is never lost",
                    "HeuristicTest",
                    new Edit(
                            "? new Answer.Refused(AdapterMessage.FOREIGN_LRA_VANISHED.text(lra)) : new Answer.Done();",
                            "? new Answer.Done() : new Answer.Done();")),
            rule(
                    "a foreign LRA that is closing is not closed once more",
                    "BranchXAResourceTest",
                    new Edit(
                            "if ((!inProgress || address.parent() != null) && address.kind() != LraAddress.Kind.FOREIGN)",
                            "if (!inProgress || address.parent() != null)")),
            rule(
                    "only a coordinator refuses",
                    "BranchXAResourceTest",
                    new Edit("return fromCoordinator && REFUSALS.contains(code);", "return REFUSALS.contains(code);")),
            rule(
                    "an LRA is forgotten at its coordinator until that acknowledges",
                    "BranchXAResourceTest",
                    new Edit(
                            "if (failure == null) { whenForgotten.run(); } else {",
                            "whenForgotten.run(); if (failure == null) {")),
            rule(
                    "an outcome can be asked for after the end",
                    "OperationsTest",
                    new Edit("if (time.isZero()) { whenOver.run();", "if (!time.isNegative()) { whenOver.run();")),
            rule(
                    "commit waits for the participants when told to",
                    "BridgeTest",
                    new Edit("if (!wait.isZero() && endsFailed(enlistment, wait))", "if (wait.isNegative())")),
            rule(
                    "an end by another connection ends the work",
                    "BranchXAResourceTest",
                    new Edit(
                            "associations.containsKey(resource) ? resource : find(resource, Work.GOING_ON)",
                            "resource")),
            rule(
                    "a suspended connection is free for another branch",
                    "BranchXAResourceTest",
                    new Edit("if (current == branch) { current = null; }", "")),
            rule(
                    "work that has failed only rolls back",
                    "BranchXAResourceTest",
                    new Edit("if (flags == TMFAIL) {", "if (flags < 0) {")),
            rule(
                    "nothing is enlisted after prepare",
                    "BridgeTest",
                    new Edit("if (phase != Phase.ACTIVE) { throw", "if (phase == Phase.COMMITTED) { throw")),
            rule(
                    "what an operator does is noted",
                    "OperationsTest",
                    new Edit(
                            "log.add(branches.now(), order.operator(), verb + \" \" + order.branch(), order.reason());",
                            "")),
            rule(
                    "an operator decides only what is in doubt",
                    "OperationsTest",
                    new Edit("if (!allowed.test(tx)) { throw refused(order, \"it is \" + tx.state(), null); }", "")),
            rule(
                    "recovery that does not ask is noticed",
                    "RecoveryWatchTest",
                    new Edit("filter(times -> times > PERIODS)", "filter(times -> times > 99)")),
            rule(
                    "recovery that asks is enough",
                    "RecoveryWatchTest",
                    new Edit("boolean asked = calls != recoverCalls;", "boolean asked = false;")));

    private AdapterRules() {}

    private static BrokenRule rule(String rule, String caughtBy, Edit... edits) {
        return new BrokenRule(rule, caughtBy, false, List.of(edits));
    }
}
