package io.holdfast.engine.mutation;

import io.holdfast.mutation.BrokenRule;
import io.holdfast.mutation.BrokenRule.Edit;
import java.util.List;

/** The rules that are broken one by one. */
final class BrokenRules {
    static final String SIMULATION = "simulation.SimulationTest";

    /** All tests but the simulation, the quick ones first. */
    static final List<String> TESTS = List.of(
            "log.EventCodecTest",
            "log.SegmentLogTest",
            "log.DirectoryDiskTest",
            "NestingTest",
            "NoticesTest",
            "ForcedTest",
            "RetentionTest",
            "CoordinatorTest",
            "state.MachineTest");

    static final List<BrokenRule> ALL = List.of(
            simulated(
                    "an answer waits until what it tells is durable, and so do the effects",
                    SIMULATION,
                    new Edit(
                            "return anythingFollows ? durable.thenApplyAsync(answer, HelpingExecutor.ofThisThread(cells.executor()))"
                                    + " : durable.thenApply(answer);",
                            "return CompletableFuture.<Void>completedFuture(null)"
                                    + ".thenApplyAsync(answer, cells.executor());")),
            tested(
                    "the decision is durable before the first participant is called",
                    SIMULATION,
                    new Edit("runEffects(decision.effects(), false); woken.forEach(", "woken.forEach("),
                    new Edit(
                            "return anythingFollows ?",
                            "runEffects(decision.effects(), false); return anythingFollows ?")),
            simulated(
                    "a write counts as durable only after it was forced",
                    "log.SegmentLogTest",
                    new Edit(
                            "segment.append(frames.finish(frame, first, units)); segment.force();",
                            "segment.append(frames.finish(frame, first, units));")),
            tested(
                    "a decision that nobody waits for is forced too",
                    SIMULATION,
                    new Edit(
                            "record CancelDecided(Reason reason) implements Event {"
                                    + " @Override public boolean forced() { return true; }",
                            "record CancelDecided(Reason reason) implements Event {"
                                    + " @Override public boolean forced() { return false; }"),
                    new Edit(
                            "public boolean tells() { return true; } @Override public void run(Runner runner)"
                                    + " { runner.deliverCancel(this); }",
                            "public boolean tells() { return false; } @Override public void run(Runner runner)"
                                    + " { runner.deliverCancel(this); }")),
            tested(
                    "a notice is told only when the end is durable",
                    "NoticesTest",
                    new Edit(
                            "public boolean tells() { return true; } @Override public void run(Runner runner)"
                                    + " { runner.deliverNotices(this); }",
                            "public boolean tells() { return false; } @Override public void run(Runner runner)"
                                    + " { runner.deliverNotices(this); }")),
            tested(
                    "a refusal waits until what it tells is durable",
                    "CoordinatorTest",
                    new Edit(
                            "return cells.log().force(sequence).thenCompose("
                                    + "done -> CompletableFuture.failedFuture(refused));",
                            "return CompletableFuture.failedFuture(refused);")),
            tested(
                    "who may have been told before a restart is not told as if for the first time",
                    "CoordinatorTest",
                    new Edit("return maybeTold ? attempts + 1 : attempts;", "return attempts;")),
            simulated(
                    "a changed time limit is durable",
                    "CoordinatorTest",
                    new Edit(
                            "cell.submit(new Command.Renew(limit, now()))",
                            "cell.submit(new Command.Renew(limit, now()), false)"),
                    new Edit(
                            "record Renewed(@Nullable Instant deadline) implements Event {"
                                    + " @Override public boolean forced() { return true; }",
                            "record Renewed(@Nullable Instant deadline) implements Event {"
                                    + " @Override public boolean forced() { return false; }")),
            simulated(
                    "a leave is durable",
                    "CoordinatorTest",
                    new Edit(
                            "cell.submit(new Command.Leave(participant))",
                            "cell.submit(new Command.Leave(participant), false)"),
                    new Edit(
                            "record Left(ParticipantId participant) implements Event {"
                                    + " @Override public boolean forced() { return true; }",
                            "record Left(ParticipantId participant) implements Event {"
                                    + " @Override public boolean forced() { return false; }")),
            simulated(
                    "a participant's new data replace its old ones",
                    "state.MachineTest",
                    new Edit("tx.changing(tx.participant(participant).withData(data))", "tx")),
            simulated(
                    "a checkpoint keeps the participants' data",
                    "log.EventCodecTest",
                    new Edit(".putText(p.data())", ".putText(\"\")")),
            simulated(
                    "no top-level participant is ever told both",
                    "state.MachineTest",
                    new Edit(
                            "case CONFIRMING -> Decision.refused(Refusal.DECIDED_OTHERWISE);",
                            "case CONFIRMING -> beginCancelling(tx, List.of(), cancel.reason(), cancel.now());"),
                    new Edit(
                            "stays(CONFIRMED, Event.Settled.class),",
                            "stays(CONFIRMED, Event.Settled.class),"
                                    + " new Row(CONFIRMING, Event.CancelDecided.class, CANCELLING),")),
            simulated(
                    "what a nested one confirmed stays provisional until the top level has ended",
                    "NestingTest",
                    new Edit(
                            "return parent != null && (state == TransactionState.CONFIRMED"
                                    + " || state == TransactionState.FAILED_TO_CONFIRM);",
                            "return false;")),
            simulated(
                    "a nested one is cancelled with its parent",
                    "NestingTest",
                    new Edit(
                            "return nested.submit(new Command.Cancel(nested.state().owner(), Reason.PARENT, cells.now()))"
                                    + " .thenCompose(decided -> ending(nested));",
                            "return CompletableFuture.completedFuture(new Answer.Done());")),
            simulated(
                    "a parent has ended only when those nested in it have",
                    SIMULATION,
                    new Edit(
                            ".thenCompose(decided -> ending(nested)); } /** * One that its owner holds",
                            ".thenApply(decided -> new Answer.Done()); } /** * One that its owner holds")),
            tested(
                    "a nested one that its owner holds is not decided by what it is nested in",
                    "NestingTest",
                    new Edit(
                            "return parent != null && owner != null && state == TransactionState.PREPARED;",
                            "return false;")),
            tested(
                    "an owned nested one is not confirmed with its parent",
                    "NestingTest",
                    new Edit("return tx.state().cancels() || tx.owner() != null", "return tx.state().cancels()"),
                    new Edit("(tx.owner() != null && isParents(confirm.reason()))", "false"),
                    new Edit(
                            "new Command.Confirm(null, reason, cells.now())",
                            "new Command.Confirm(tx.owner(), reason, cells.now())")),
            simulated(
                    "time limits are armed again after a restart",
                    "CoordinatorTest",
                    new Edit("case ACTIVE -> armed(tx.deadline());", "case ACTIVE -> List.of();")),
            tested(
                    "who was asked for a vote is asked again after a restart",
                    "CoordinatorTest",
                    new Edit("case PREPARING -> preparing(tx);", "case PREPARING -> armed(tx.deadline());")),
            simulated(
                    "the earliest time limit wins",
                    "state.MachineTest",
                    new Edit("deadline.isBefore(tx.deadline())", "deadline.isAfter(tx.deadline())")),
            simulated(
                    "a participant is told again until it answers",
                    "CoordinatorTest",
                    new Edit(
                            "Duration delay = shared.retries().delayAfter(delivery.attempts(), shared.random());",
                            "if (delivery.attempts() > 5) { return; }"
                                    + " Duration delay = shared.retries().delayAfter(delivery.attempts(), shared.random());")),
            simulated(
                    "an undecided branch is presumed aborted",
                    "CoordinatorTest",
                    new Edit(
                            "return undecidedAfterRestart == UndecidedAfterRestart.CANCEL && !kept;",
                            "return undecidedAfterRestart == null && !kept;")),
            tested(
                    "a held transaction does not time out",
                    "state.MachineTest",
                    new Edit(
                            "case ACTIVE, PREPARING -> { Instant deadline = tx.deadline();",
                            "case ACTIVE, PREPARING, PREPARED -> { Instant deadline = tx.deadline();"),
                    new Edit(
                            "Reason.TIME_LIMIT, passed.now()); } case PREPARED,",
                            "Reason.TIME_LIMIT, passed.now()); } case"),
                    new Edit(
                            "boolean undecided = tx.state() == TransactionState.ACTIVE"
                                    + " || tx.state() == TransactionState.PREPARING; Instant due",
                            "boolean undecided = tx.state() == TransactionState.ACTIVE"
                                    + " || tx.state() == TransactionState.PREPARED; Instant due")),
            tested(
                    "an owned transaction is ended by who shows the owner's token",
                    "state.MachineTest",
                    new Edit("return !Objects.equals(tx.owner(), token);", "return false;")),
            tested(
                    "a node keeps its id",
                    "log.SegmentLogTest",
                    new Edit("if (names.contains(FileNames.NODE_ID)) {", "if (names.contains(TEMPORARY)) {"),
                    new Edit(
                            "for (String name : names) { if (FileNames.isSegment(name)",
                            "for (String name : List.<String>of()) { if (FileNames.isSegment(name)")),
            tested(
                    "no two nodes have the same id",
                    "log.SegmentLogTest",
                    new Edit("new UUID(random.nextLong(), random.nextLong())", "new UUID(4711, 4711)")),
            tested(
                    "a directory is locked against other processes",
                    "log.DirectoryDiskTest",
                    new Edit("if (channel.tryLock() == null) { throw inUse(directory, null); }", "")),
            tested(
                    "a node that is refused does not let others in",
                    "log.DirectoryDiskTest",
                    new Edit(
                            "if (System.getProperties().putIfAbsent(HELD + real, \"\") != null) {"
                                    + " throw inUse(directory, null); }",
                            "")),
            tested(
                    "a hold covers what is nested",
                    "NestingTest",
                    new Edit(".thenCompose(held -> allNested(held, this::holdUnowned).thenApply(done -> held));", ";")),
            tested(
                    "what is nested in a held transaction ends with it only",
                    "NestingTest",
                    new Edit(
                            "isStranger(tx, cancel.owner()) || isHeldByParent(tx, cancel.reason())",
                            "isStranger(tx, cancel.owner())")),
            tested(
                    "only its owner cancels what is held",
                    "state.MachineTest",
                    new Edit(
                            "isStranger(tx, cancel.owner()) || isHeldByParent(tx, cancel.reason())",
                            "isHeldByParent(tx, cancel.reason())")),
            tested(
                    "a stranger cancels what is not held",
                    "state.MachineTest",
                    new Edit(
                            "case ACTIVE, PREPARING -> beginCancelling(tx, List.of(), cancel.reason(), cancel.now());",
                            "case ACTIVE, PREPARING -> isStranger(tx, cancel.owner())"
                                    + " ? Decision.refused(Refusal.WRONG_OWNER)"
                                    + " : beginCancelling(tx, List.of(), cancel.reason(), cancel.now());")),
            tested(
                    "a stranger's confirmation ends nothing",
                    "state.MachineTest",
                    new Edit("if (isStranger(tx, confirm.owner())) { return Decision.nothing(); }", "")),
            tested(
                    "an owned transaction that has ended stays until its owner forgets it",
                    "RetentionTest",
                    new Edit("tx.isOwned() || tx.state().isFailed();", "tx.state().isFailed();")),
            simulated(
                    "a notice is told until it is acknowledged",
                    "NoticesTest",
                    new Edit(
                            "noteResult(delivery, unreachable.cause()); return true;",
                            "noteResult(delivery, unreachable.cause());"
                                    + " notice.ifPresent(n -> reports.acknowledged(id, participant, n));"
                                    + " return notice.isEmpty();")),
            simulated(
                    "an ended transaction stays until its notices are acknowledged",
                    "NoticesTest",
                    new Edit("if (tx.participants().owed() > 0 || tx.isProvisional())", "if (tx.isProvisional())")),
            simulated(
                    "first attempts at a cancel are made in the reverse order of joining",
                    "state.MachineTest",
                    new Edit(
                            "return tx.participants().reversed().filter(p -> p.state().isBeingTold(false));",
                            "return tx.participants().stream().filter(p -> p.state().isBeingTold(false));")),
            simulated(
                    "an answer to what a participant is not told any more means nothing",
                    "state.MachineTest",
                    new Edit(
                            "known.isEmpty() || !known.get().state().isBeingTold(answered.confirm())",
                            "known.isEmpty() || known.get().state().isFinal()")),
            simulated(
                    "a participant that a person has forced is told the other side after a restart",
                    "state.MachineTest",
                    new Edit(
                            "case CONFIRMING -> telling(toConfirm(tx), toldInOrder(tx, false));",
                            "case CONFIRMING -> telling(toConfirm(tx), List.of());")),
            simulated(
                    "a transaction of which a participant was forced to the other side ends as failed",
                    "state.MachineTest",
                    new Edit("anyMatch(p -> p.state() != decided)", "anyMatch(p -> p.state().isFailed())")),
            tested(
                    "a participant that a person has forced is not told again what it was told before",
                    "ForcedTest",
                    new Edit(
                            "case CONFIRM -> participant.state() == ParticipantState.CONFIRMING;",
                            "case CONFIRM -> !participant.state().isFinal();")),
            simulated(
                    "a failed flush never reports success",
                    "log.SegmentLogTest",
                    new Edit(
                            "catch (IOException | RuntimeException broken) { fail(broken); return; }",
                            "catch (IOException | RuntimeException broken) {"
                                    + " LOG.log(System.Logger.Level.WARNING, broken); }")),
            simulated(
                    "a torn last record is cut off",
                    "log.SegmentLogTest",
                    new Edit("if (length < 0 || length > file.size() - start) { return null; }", "")),
            simulated(
                    "a record is only taken with the right checksum",
                    "log.SegmentLogTest",
                    new Edit("return (int) crc.getValue() == expectedCrc ?", "return length >= 0 ?")),
            tested(
                    "a damaged record in the middle stops the start",
                    "log.SegmentLogTest",
                    new Edit("if (frames.anyFrameFrom(file, position)) { throw damaged(name, position); }", "")),
            tested(
                    "a record that is missing in the middle stops the start",
                    "log.SegmentLogTest",
                    new Edit("if (frame.firstSequence() != nextSequence) { throw damaged(name, position); }", "")),
            tested(
                    "a segment that is missing stops the start",
                    "log.SegmentLogTest",
                    new Edit(
                            "if (nextSequenceKnown && firstSequence > nextSequence) { throw incomplete("
                                    + "sequences(nextSequence, firstSequence - 1) + \", behind which \" + name + \" begins\"); }",
                            "")),
            simulated(
                    "a checkpoint keeps every living transaction",
                    "CoordinatorTest",
                    new Edit(
                            "log.checkpoint(() -> snapshots().peek(",
                            "log.checkpoint(() -> snapshots().skip(1).peek(")),
            simulated(
                    "a checkpoint is forced before it counts",
                    "log.SegmentLogTest",
                    new Edit("makeDurable(); file.force();", "makeDurable();")),
            tested(
                    "what a checkpoint tells is forced before it counts",
                    SIMULATION,
                    new Edit("makeDurable(); file.force();", "file.force();")),
            simulated(
                    "nothing is deleted before the checkpoint counts",
                    "log.SegmentLogTest",
                    new Edit(
                            "disk.rename(temporary, FileNames.checkpoint(division.number()));"
                                    + " dropBefore(division.number());",
                            "dropBefore(division.number());"
                                    + " disk.rename(temporary, FileNames.checkpoint(division.number()));")),
            tested(
                    "what a checkpoint holds is not replayed again",
                    SIMULATION,
                    new Edit("if (cell != null && sequence <= cell.sequence()) { return; }", "")));

    private BrokenRules() {}

    private static BrokenRule simulated(String rule, String caughtBy, Edit... edits) {
        return new BrokenRule(rule, caughtBy, true, List.of(edits));
    }

    /** Not for the simulation, whose disk does no damage to what was forced. */
    private static BrokenRule tested(String rule, String caughtBy, Edit... edits) {
        return new BrokenRule(rule, caughtBy, false, List.of(edits));
    }
}
