package io.holdfast.engine.crash;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Participant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The participants of the load. They outlive the engine and remember what they were told, by address. Thread-safe. */
final class Scripted implements ParticipantDriver {
    /** So many that nobody waits for them. */
    private static final int SHY_CALLS = 20;

    private final Map<String, List<Instruction>> told = new ConcurrentHashMap<>();
    private final AtomicInteger shyCalls = new AtomicInteger();
    private volatile boolean hearing;

    /** From now on the deaf ones take notices, and the mute ones answer. */
    void hear() {
        hearing = true;
    }

    /** What it was told, each instruction once, in the order in which it came first. */
    List<Instruction> told(String address) {
        return List.copyOf(told.getOrDefault(address, List.of()));
    }

    static String endpoint(String address) {
        return address.substring(0, address.indexOf('/'));
    }

    /** The word for its answer. */
    String tell(Instruction instruction, String address) {
        List<Instruction> before = told(address);
        told.compute(address, (key, known) -> {
            List<Instruction> all = new ArrayList<>(known == null ? List.of() : known);
            if (!all.contains(instruction)) {
                all.add(instruction);
            }
            return all;
        });
        boolean first = !before.contains(instruction);
        return switch (endpoint(address)) {
            case "slow" -> first && instruction == Instruction.CONFIRM ? "works" : "done";
            case "refusing" -> instruction == Instruction.CONFIRM ? "refuses" : "done";
            case "mute" -> instruction == Instruction.CANCEL && !hearing ? "silent" : "done";
            case "stubborn" -> instruction == Instruction.CONFIRM && !hearing ? "silent" : "done";
            case "shy" ->
                instruction == Instruction.CONFIRM && shyCalls.incrementAndGet() < SHY_CALLS ? "silent" : "done";
            case "deaf" -> instruction == Instruction.OUTCOME && !hearing ? "silent" : "done";
            default -> "done";
        };
    }

    static Answer answer(String word) {
        return switch (word) {
            case "done" -> new Answer.Done();
            case "works" -> new Answer.InProgress("progress");
            case "refuses" -> new Answer.Refused("as told");
            case "silent" -> new Answer.Unknown("as told");
            default -> throw new IllegalArgumentException(word);
        };
    }

    @Override
    public String endpointOf(Participant participant) {
        return endpoint(participant.address());
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        return CompletableFuture.completedFuture(
                answer(tell(call.instruction(), call.participant().address())));
    }
}
