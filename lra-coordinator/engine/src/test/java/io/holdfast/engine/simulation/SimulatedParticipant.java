package io.holdfast.engine.simulation;

import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Notice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A participant as it is in its own world: what it was told and what it has promised. */
final class SimulatedParticipant {
    final String address;
    final boolean poison;
    final boolean votesNo;
    final boolean refusesConfirm;
    final Set<Notice> wants;
    /** Gives no answer, or none that anybody understands, until everything is healed. */
    final Trouble trouble;
    /** What it asked to be given back last, and what was acknowledged last. */
    String askedData = "";

    String acknowledgedData = "";
    /** A person wanted it told the other side. */
    boolean forced;

    /** The side that it is told since that was acknowledged. */
    @Nullable
    Instruction forcedTo;

    /** In the order in which it was told first. */
    final List<Instruction> told = new ArrayList<>();

    /** To what it has given its last word. */
    final Set<Instruction> answered = EnumSet.noneOf(Instruction.class);

    /** What is wrong with it for a long time. */
    enum Trouble {
        NONE,
        DEAD,
        GARBAGE
    }

    SimulatedParticipant(
            String address,
            boolean poison,
            boolean votesNo,
            boolean refusesConfirm,
            Set<Notice> wants,
            Trouble trouble) {
        this.refusesConfirm = refusesConfirm;
        this.wants = wants;
        this.trouble = trouble;
        this.address = address;
        this.poison = poison;
        this.votesNo = votesNo;
    }

    /** The decisions that it was told, in order. */
    List<Instruction> decisions() {
        return told.stream()
                .filter(instruction -> instruction == Instruction.CONFIRM || instruction == Instruction.CANCEL)
                .toList();
    }

    /** Acts once per instruction, however often it is told. */
    void take(Instruction instruction) {
        if (!told.contains(instruction)) {
            told.add(instruction);
        }
    }
}
