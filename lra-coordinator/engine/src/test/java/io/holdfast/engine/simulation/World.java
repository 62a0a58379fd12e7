package io.holdfast.engine.simulation;

import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Host;
import io.holdfast.engine.Settings;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.Timers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One real engine in a simulated world under one seed: its machine can stop at any step, its network loses, delays and repeats. */
final class World implements ParticipantDriver {
    private static final Duration CALL_TIME_OUT = Duration.ofSeconds(10);

    final Random random;
    final Scheduler scheduler;
    final MemoryDisk disk = new MemoryDisk();
    final Map<String, SimulatedParticipant> participants = new LinkedHashMap<>();
    final List<String> history = new ArrayList<>();
    private final Settings settings;
    private final double badLuck;

    Coordinator coordinator;
    int epoch;
    int steps;
    int stepsUntilHealed;
    private int crashAt;
    private boolean crashed;
    private boolean healed;
    private boolean opening;
    private boolean diskFull;
    /** The first rule that was seen broken on the way. */
    @Nullable
    String violation;

    /** The endpoints that left a call unanswered since the engine was started, so that others may be told before them. */
    private final Set<String> silent = new HashSet<>();
    /** By transaction and start of the engine, which participant was told to cancel last for the first time. */
    private final Map<String, Integer> cancelled = new HashMap<>();

    private final Set<String> toldToCancel = new HashSet<>();

    /**
     * @param crashAt the step at which the machine stops, 0 for never
     * @param badLuck how likely it is that something goes wrong with a call
     */
    World(long seed, Settings settings, int crashAt, double badLuck) {
        random = new Random(seed);
        scheduler = new Scheduler(random);
        this.settings = settings;
        this.crashAt = crashAt;
        this.badLuck = badLuck;
        disk.leaveZeros();
        disk.failWith(this::diskStep);
        coordinator = open();
    }

    boolean isCrashed() {
        return crashed;
    }

    void note(String fact) {
        history.add(scheduler.now() + " " + fact);
    }

    /** A step of the node at which its machine may stop. */
    private void step(String what) {
        if (crashed) {
            throw new SimulatedCrash(what);
        }
        steps++;
        if (steps == crashAt) {
            crashed = true;
            note("CRASH at step " + steps + ": " + what);
            throw new SimulatedCrash(what);
        }
    }

    private void diskStep(String operation) throws IOException {
        step(operation);
        if (diskFull && !operation.equals("delete")) {
            throw new IOException("No space left on device");
        }
        boolean inCheckpoint = operation.equals("delete") && !opening && !diskFull;
        for (int others = inCheckpoint ? random.nextInt(4) : 0; others > 0; others--) {
            scheduler.runOne();
        }
    }

    /** From now on nothing can be written. */
    void fillDisk() {
        diskFull = true;
        note("DISK FULL");
    }

    /** Somebody makes room and starts the machine again. */
    void makeRoom() {
        if (diskFull) {
            diskFull = false;
            crashed = true;
            note("ROOM MADE");
        }
    }

    /** The time of day becomes another, up to an hour off. */
    void jumpClock(int seconds) {
        scheduler.setClockAhead(Duration.ofSeconds(seconds));
        note("CLOCK JUMPED to " + seconds + " s ahead");
    }

    void stopMachine() {
        crashed = true;
        note("STOPPED");
    }

    void crashInMoreSteps(int more) {
        crashAt = steps + more;
    }

    private Coordinator open() {
        opening = true;
        try {
            return opened(++epoch);
        } finally {
            opening = false;
        }
    }

    private Coordinator opened(int own) {
        Timers timers = (delay, task) -> scheduler.schedule(delay, () -> runAs(own, task));
        Host host = new Host(scheduler, timers, task -> scheduler.execute(() -> runAs(own, task)), random, disk);
        return Coordinator.open(settings, host, this);
    }

    private void runAs(int node, Runnable task) {
        if (node == epoch && !crashed) {
            try {
                step("task");
                task.run();
            } catch (SimulatedCrash stopped) {
                crashed = true;
            }
        }
    }

    /** Starts the machine again if it stopped; it may stop again while it starts. */
    void restartIfCrashed() {
        while (crashed) {
            epoch++;
            silent.clear();
            disk.crash(random);
            crashed = false;
            diskFull = false;
            try {
                coordinator = open();
                note("RESTARTED");
            } catch (SimulatedCrash again) {
                crashed = true;
            }
        }
    }

    /** From now on nothing goes wrong any more. */
    void heal() {
        healed = true;
        stepsUntilHealed = steps;
        crashAt = 0;
        note("HEALED");
    }

    @Override
    public String endpointOf(Participant participant) {
        return participant.address().substring(0, participant.address().indexOf('/'));
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        step("deliver");
        SimulatedParticipant participant = participants.get(call.participant().address());
        Instruction instruction = call.instruction();
        checkCall(call, participant);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        int node = epoch;
        // Few transactions are forgotten while somebody is owed a notice, so that these are lost more often.
        double likely = instruction.notice().isPresent() ? 2 * badLuck : badLuck;
        boolean unlucky = !healed && random.nextDouble() < likely;
        int fate = unlucky ? random.nextInt(7) : -1;
        Duration there = Duration.ofMillis(random.nextInt(50));
        Duration back = Duration.ofMillis(random.nextInt(50));
        note(call.transaction().id() + " " + participant.address + " <- " + instruction + " attempt " + call.attempt()
                + (unlucky ? " (fate " + fate + ")" : ""));
        if (!healed && participant.trouble == SimulatedParticipant.Trouble.DEAD) {
            fate = 0;
        } else if (!healed && participant.trouble == SimulatedParticipant.Trouble.GARBAGE) {
            return CompletableFuture.completedFuture(new Answer.Unknown("garbage"));
        } else if (fate == 5) {
            silent.add(endpointOf(call.participant()));
            throw new IllegalStateException("The driver is broken");
        }
        boolean answered = fate != 0 && fate != 1 && fate != 2;
        if (!answered) {
            silent.add(endpointOf(call.participant()));
        }
        boolean arrives = fate != 0;
        Duration late = fate == 2 ? Duration.ofSeconds(30) : Duration.ZERO;
        if (arrives) {
            scheduler.schedule(there.plus(late), () -> participant.take(instruction));
        }
        if (fate == 3) {
            scheduler.schedule(there.plusSeconds(1), () -> participant.take(instruction));
        }
        if (answered) {
            Answer willAnswer = answerOf(participant, instruction, fate);
            Duration slow = fate == 6 ? Duration.ofMillis(random.nextInt(9_000)) : Duration.ZERO;
            scheduler.schedule(there.plus(back).plus(slow), () -> {
                if (isOf(node)) {
                    checkUnanswered(call, participant, willAnswer);
                    answer.complete(willAnswer);
                }
            });
        } else {
            scheduler.schedule(CALL_TIME_OUT, () -> {
                if (isOf(node)) {
                    answer.complete(new Answer.Unreachable("time-out"));
                }
            });
        }
        return answer;
    }

    /** That nobody counts as having answered before the first answer to what it is told now. */
    private void checkUnanswered(Call call, SimulatedParticipant real, Answer answer) {
        boolean isEnd = answer instanceof Answer.Done || answer instanceof Answer.Refused;
        if (!isEnd || call.instruction().notice().isPresent() || !real.answered.add(call.instruction())) {
            return;
        }
        coordinator
                .inMemory(call.transaction().id())
                .flatMap(tx -> tx.participants().find(call.participant().id()))
                .map(Participant::state)
                .filter(state -> isAnswerTo(call.instruction(), state))
                .ifPresent(state -> fail(real.address + " is " + state + " before it has answered"));
    }

    private static boolean isAnswerTo(Instruction instruction, ParticipantState state) {
        return switch (state) {
            case CONFIRMED, FAILED_TO_CONFIRM -> instruction == Instruction.CONFIRM;
            case CANCELLED, FAILED_TO_CANCEL -> instruction == Instruction.CANCEL;
            case ACTIVE, PREPARED, PRE_COMMITTED, CONFIRMING, CANCELLING -> false;
        };
    }

    /** What a participant was promised to get back, and that the first attempts at a cancel go in reverse order. */
    private void checkCall(Call call, SimulatedParticipant participant) {
        String data = call.participant().data();
        if (!data.equals(participant.askedData) && !data.equals(participant.acknowledgedData)) {
            fail(participant.address + " was given " + data + " instead of " + participant.acknowledgedData);
        }
        checkTurn(call);
        String run = epoch + " " + call.transaction().id();
        if (call.instruction() == Instruction.CANCEL
                && !call.isForced()
                && call.participant().kind() != ParticipantKind.ACTION
                && toldToCancel.add(run + " " + call.participant().id())) {
            int place = call.transaction().participants().stream()
                    .map(Participant::id)
                    .toList()
                    .indexOf(call.participant().id());
            Integer last = cancelled.put(run, place);
            if (last != null && last <= place && !silent.contains(endpointOf(call.participant()))) {
                fail(participant.address + " was cancelled after one that had joined before it");
            }
        }
    }

    /** That actions are undone one after the other, and that nobody confirms beside the first who may refuse. */
    private void checkTurn(Call call) {
        Transaction tx = call.transaction();
        List<Participant> all = tx.participants().stream().toList();
        int place = all.indexOf(call.participant());
        if (call.instruction() == Instruction.CANCEL
                && !call.isForced()
                && call.participant().kind() == ParticipantKind.ACTION) {
            boolean later = all.stream()
                    .skip(place + 1L)
                    .anyMatch(other -> other.kind() == ParticipantKind.ACTION
                            && (other.state() == ParticipantState.CANCELLING
                                    || other.state() == ParticipantState.FAILED_TO_CANCEL));
            if (later) {
                fail(call.participant().address() + " was undone before an action that came after it");
            }
        }
        if (call.instruction() == Instruction.CONFIRM && tx.isReversible()) {
            boolean earlier = all.stream().limit(place).anyMatch(other -> other.kind() == ParticipantKind.ACTED);
            if (earlier || call.participant().kind() != ParticipantKind.ACTED) {
                fail(call.participant().address() + " was confirmed beside the first");
            }
        }
    }

    /** A person loses patience with somebody who is being told. */
    void forceByPerson() {
        scheduler.schedule(Duration.ofMillis(random.nextInt(5_000)), () -> {
            if (!crashed) {
                int own = epoch;
                var unused = Business.attempt(() -> coordinator.list(World::isBeingDelivered, Integer.MAX_VALUE))
                        .thenAccept(told -> forceOne(own, told));
            }
        });
    }

    private static boolean isBeingDelivered(Transaction tx) {
        return tx.state() == TransactionState.CONFIRMING || tx.state() == TransactionState.CANCELLING;
    }

    private void forceOne(int own, List<Transaction> told) {
        if (own != epoch || crashed || told.isEmpty()) {
            return;
        }
        Transaction tx = told.get(random.nextInt(told.size()));
        List<Participant> open = tx.participants().stream()
                .filter(participant -> participant.kind() != ParticipantKind.NESTED)
                .filter(participant -> !participant.state().isFinal())
                .toList();
        if (open.isEmpty()) {
            return;
        }
        Participant chosen = open.get(random.nextInt(open.size()));
        SimulatedParticipant real = participants.get(chosen.address());
        note("a person forces " + chosen.address() + ", which is " + chosen.state());
        real.forced = true;
        var unused = Business.attempt(() -> coordinator.force(tx.id(), chosen.id(), "Ann", "it never answers"))
                .thenAccept(after -> {
                    if (own == epoch && !crashed) {
                        real.forcedTo = after.participant(chosen.id()).state() == ParticipantState.CONFIRMING
                                ? Instruction.CONFIRM
                                : Instruction.CANCEL;
                        note(chosen.address() + " is forced to " + real.forcedTo);
                    }
                });
    }

    /** A person looks at the undos that have failed and hold back others. */
    void resolveByPerson() {
        for (Transaction tx : transactions()) {
            if (tx.state() == TransactionState.CANCELLING) {
                tx.participants().stream()
                        .filter(participant -> participant.kind() == ParticipantKind.ACTION)
                        .filter(participant -> participant.state() == ParticipantState.FAILED_TO_CANCEL)
                        .forEach(participant -> {
                            note("a person resolves " + participant.address());
                            var unused = coordinator.resolve(tx.id(), participant.id(), "Ann", "seen");
                        });
            }
        }
        runReady();
    }

    /** Remembers it, since the engine would take an exception for a failed call. */
    void fail(String what) {
        if (violation == null) {
            violation = what;
            note("VIOLATION: " + what);
        }
    }

    private boolean isOf(int node) {
        return node == epoch && !crashed;
    }

    private static Answer answerOf(SimulatedParticipant participant, Instruction instruction, int fate) {
        if (instruction == Instruction.PREPARE) {
            return participant.votesNo ? new Answer.Refused("no") : new Answer.Done();
        }
        if (instruction.notice().isPresent()) {
            return new Answer.Done();
        }
        if (participant.poison || (participant.refusesConfirm && instruction == Instruction.CONFIRM)) {
            return new Answer.Refused("poison");
        }
        return fate == 4 ? new Answer.InProgress("progress") : new Answer.Done();
    }

    /** Runs until nothing is left to do now, or the machine stops. */
    void runReady() {
        boolean more = true;
        while (more) {
            restartIfCrashed();
            more = scheduler.runOne();
        }
        restartIfCrashed();
    }

    /** Lets things happen for a while. */
    void pass(Duration time) {
        var until = scheduler.elapsed().plus(time);
        runReady();
        while (scheduler.runNextTimer(until)) {
            runReady();
        }
    }

    List<Transaction> transactions() {
        var listed = coordinator.list(tx -> true, Integer.MAX_VALUE);
        runReady();
        return listed.join();
    }
}
