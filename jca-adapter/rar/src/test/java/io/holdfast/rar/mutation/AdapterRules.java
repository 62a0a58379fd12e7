package io.holdfast.rar.mutation;

import io.holdfast.mutation.BrokenRule;
import io.holdfast.mutation.BrokenRule.Edit;
import java.util.List;

/** The adapter's rules, which are broken one by one; docs/conformance.md tells which of the rules of XA and LRA each belongs to. */
final class AdapterRules {
    static final List<String> TESTS = List.of(
            "XidCodecTest",
            "ArchitectureTest",
            "SeveralAdaptersTest",
            "MisuseTest",
            "HoldfastResourceAdapterTest",
            "DurabilityTest",
            "TimeLimitTest",
            "RecoveryWatchTest",
            "BridgeTest",
            "HeuristicTest",
            "OperationsTest",
            "OperatorViewTest",
            "RestartTest",
            "BranchXAResourceTest",
            "CrashTest");

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
                    "a failure after a restart is kept for the commit that is repeated",
                    "HeuristicTest",
                    new Edit("branch.becomeFailed();", "remove(branch);")),
            rule(
                    "a failure that is known at the decision is told",
                    "HeuristicTest",
                    new Edit(
                            "if (decided.state().isFailed() && (confirm || decided.heuristic() != null))"
                                    + " { throw hazard(branch, enlistment, confirm ? COMMITTED : ROLLED_BACK); }",
                            "")),
            rule(
                    "an operator takes no heuristic outcome from the transaction manager",
                    "OperationsTest",
                    new Edit("tx -> tx.state().isFailed() && tx.heuristic() != null ?", "tx -> false ?")),
            rule(
                    "the LRAs of a resolved branch are forgotten",
                    "OperationsTest",
                    new Edit("forgetting.beginLras(failed);", "")),
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
                    "an application operates only for who has the role, at each call",
                    "OperatorViewTest",
                    new Edit(
                            "Operations operations = permitted(running, operator, isInRole);",
                            "Operations operations = running.get().operations();")),
            rule(
                    "nobody operates through an application until a role is configured",
                    "OperatorViewTest",
                    new Edit("if (role.isEmpty()) { throw", "if (role.isBlank() && role.length() > 1) { throw")),
            rule(
                    "an operator decides only what is in doubt",
                    "OperationsTest",
                    new Edit("if (whyNot.isPresent()) { throw refused(order, whyNot.get(), null); }", "")),
            rule(
                    "prepare answers when its vote is on the disk",
                    "DurabilityTest",
                    new Edit(
                            ": branches.engine().prepare(id, onePhase));",
                            ": onePhase ? branches.engine().prepare(id, true)"
                                    + " : inMemory(id, branches.engine().prepare(id, false)));"),
                    new Edit(
                            "private XAException rolledBack(",
                            "private CompletableFuture<Transaction> inMemory("
                                    + "TransactionId id, CompletableFuture<Transaction> durable) {"
                                    + " while (!durable.isDone()) {"
                                    + " Optional<Transaction> now = branches.engine().inMemory(id);"
                                    + " if (now.isPresent() && now.get().state()"
                                    + " == io.holdfast.engine.state.TransactionState.PREPARED) {"
                                    + " return CompletableFuture.completedFuture(now.get()); }"
                                    + " Thread.onSpinWait(); }"
                                    + " return durable; }"
                                    + " private XAException rolledBack(")),
            rule(
                    "commit and rollback answer when the decision is on the disk",
                    "DurabilityTest",
                    new Edit(
                            "Transaction decided = branches.patience(Duration.ZERO) .await( confirm"
                                    + " ? branches.engine().confirm(id, enlistment.owner())"
                                    + " : branches.engine().cancel(id, enlistment.owner()));",
                            "var durable = confirm ? branches.engine().confirm(id, enlistment.owner())"
                                    + " : branches.engine().cancel(id, enlistment.owner());"
                                    + " Transaction decided = durable.isDone() ? durable.join()"
                                    + " : branches.engine().inMemory(id).orElseThrow();")),
            rule(
                    "a repeated commit is answered as the first was",
                    "BranchXAResourceTest",
                    new Edit("case ACTIVE, ROLLED_BACK ->", "case ACTIVE, ROLLED_BACK, COMMITTED ->"),
                    new Edit("case PREPARED, COMMITTED -> {", "case PREPARED -> {")),
            rule(
                    "a repeated rollback is answered as the first was",
                    "BranchXAResourceTest",
                    new Edit(
                            "case ROLLED_BACK -> branches.remove(branch);",
                            "case ROLLED_BACK -> throw protocol(branch.xid(), \"rollback\", \"it is rolled back\");")),
            rule(
                    "a vote waits until all connections have ended their work",
                    "BranchXAResourceTest",
                    new Edit(
                            "if (branch.isWorkedOn()) { throw protocol(branch.xid(), call,"
                                    + " \"a connection still works for it\"); }",
                            "")),
            rule(
                    "commit needs no participant",
                    "BranchXAResourceTest",
                    new Edit(
                            "private void committed(Branch branch, Enlistment enlistment, boolean onePhase) throws XAException {",
                            "private void committed(Branch branch, Enlistment enlistment, boolean onePhase) throws XAException {"
                                    + " try { new Patience(Duration.ofSeconds(2)).await(enlistment.ended()); }"
                                    + " catch (RuntimeException silent) { throw notStored(branch, silent); }")),
            rule(
                    "rollback needs no participant",
                    "BranchXAResourceTest",
                    new Edit(
                            "decide(branch, enlistment.get(), false);",
                            "decide(branch, enlistment.get(), false);"
                                    + " try { new Patience(Duration.ofSeconds(2)).await(enlistment.get().ended()); }"
                                    + " catch (RuntimeException silent) { throw notStored(branch, silent); }")),
            rule(
                    "nobody is told before the decision",
                    "CrashTest",
                    new Edit(
                            "return isEmpty(reply) ? endEmpty(call, address, lra) : done(new Answer.Done());",
                            "return isEmpty(reply) ? endEmpty(call, address, lra)"
                                    + " : client.put(lra, \"close\", address.token(), holdTimeout)"
                                    + " .thenApply(closed -> new Answer.Done());")),
            rule(
                    "a flushed pool keeps what is in doubt",
                    "MisuseTest",
                    new Edit(
                            "destroyed = true;",
                            "destroyed = true;"
                                    + " for (XidValue xid : branches.inDoubt()) { try { resource.rollback(xid); }"
                                    + " catch (javax.transaction.xa.XAException failed) {"
                                    + " throw new java.lang.IllegalStateException(failed); } }")),
            rule(
                    "a stopped adapter keeps what is in doubt",
                    "HoldfastResourceAdapterTest",
                    new Edit(
                            "stopping.branches().close();",
                            "for (XidValue xid : stopping.branches().inDoubt()) {"
                                    + " try { new BranchXAResource(stopping.branches()).rollback(xid); }"
                                    + " catch (javax.transaction.xa.XAException failed) {"
                                    + " throw new java.lang.IllegalStateException(failed); } }"
                                    + " stopping.branches().close();")),
            rule(
                    "an LRA that was closed is not taken for one that a person has forced to cancel",
                    "OperationsTest",
                    new Edit("return call.isForced() ? tell(", "return call.attempt() < 0 ? tell(")),
            rule(
                    "a flow that a person has decided stays for an LRA that comes back",
                    "OperationsTest",
                    new Edit(
                            "return engine.hold(active.id(), active.owner())"
                                    + " .thenCompose(held -> engine.decideByPerson(held.id(), confirm, who, why));",
                            "return confirm ? engine.confirm(active.id(), active.owner())"
                                    + " : engine.cancel(active.id(), active.owner());")),
            rule(
                    "every LRA has a time limit",
                    "BridgeTest",
                    new Edit("\"&TimeLimit=\" + limit.toMillis()", "\"&TimeLimit=0\"")),
            rule(
                    "an LRA is forgotten only when its end is on the disk",
                    "DurabilityTest",
                    new Edit(
                            "var unused = engine.find(ended.id()).thenRun(() -> repeat(lras, () -> drop(ended), 1));",
                            "repeat(lras, () -> drop(ended), 1);")),
            rule(
                    "an owned LRA is ended with its owner's token",
                    "BranchXAResourceTest",
                    new Edit(
                            "HttpRequest request = request(below(lra, verb), token, timeout)",
                            "HttpRequest request = request(below(lra, verb), \"guess\", timeout)")),
            rule(
                    "commit waits no longer than told",
                    "BridgeTest",
                    new Edit("return new Patience(wait).await(", "return new Patience(wait.plusSeconds(8)).await(")),
            rule(
                    "nothing rests on a Synchronization",
                    "ArchitectureTest",
                    new Edit(
                            "void checkNotMarkedForRollback() { TransactionSynchronizationRegistry registry = transactions;",
                            "void checkNotMarkedForRollback() { TransactionSynchronizationRegistry registry = transactions;"
                                    + " if (registry != null && registry.getTransactionKey() != null) {"
                                    + " registry.registerInterposedSynchronization("
                                    + "new jakarta.transaction.Synchronization() {"
                                    + " @Override public void beforeCompletion() {}"
                                    + " @Override public void afterCompletion(int status) {} }); }")),
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
