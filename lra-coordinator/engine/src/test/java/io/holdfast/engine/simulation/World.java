package io.holdfast.engine.simulation;

import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Host;
import io.holdfast.engine.Settings;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
    private int crashAt;
    private boolean crashed;
    private boolean healed;

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
        disk.failWith(this::step);
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

    void crashInMoreSteps(int more) {
        crashAt = steps + more;
    }

    private Coordinator open() {
        int own = ++epoch;
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
            disk.crash(random);
            crashed = false;
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
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        int node = epoch;
        boolean unlucky = !healed && random.nextDouble() < badLuck;
        int fate = unlucky ? random.nextInt(5) : -1;
        Duration there = Duration.ofMillis(random.nextInt(50));
        Duration back = Duration.ofMillis(random.nextInt(50));
        note(call.transaction().id() + " " + participant.address + " <- " + instruction + " attempt " + call.attempt()
                + (unlucky ? " (fate " + fate + ")" : ""));
        boolean arrives = fate != 0;
        boolean answered = fate != 0 && fate != 1;
        Duration late = fate == 2 ? Duration.ofSeconds(30) : Duration.ZERO;
        if (arrives) {
            scheduler.schedule(there.plus(late), () -> participant.take(instruction));
        }
        if (fate == 3) {
            scheduler.schedule(there.plusSeconds(1), () -> participant.take(instruction));
        }
        if (answered && fate != 2) {
            scheduler.schedule(
                    there.plus(back), () -> complete(node, answer, answerOf(participant, instruction, fate)));
        } else {
            scheduler.schedule(CALL_TIME_OUT, () -> complete(node, answer, new Answer.Unreachable("time-out")));
        }
        return answer;
    }

    private void complete(int node, CompletableFuture<Answer> future, Answer answer) {
        if (node == epoch && !crashed) {
            future.complete(answer);
        }
    }

    private static Answer answerOf(SimulatedParticipant participant, Instruction instruction, int fate) {
        if (instruction == Instruction.PREPARE) {
            return participant.votesNo ? new Answer.Refused("no") : new Answer.Done();
        }
        if (instruction.notice().isPresent()) {
            return new Answer.Done();
        }
        if (participant.poison) {
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
        var until = scheduler.now().plus(time);
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
