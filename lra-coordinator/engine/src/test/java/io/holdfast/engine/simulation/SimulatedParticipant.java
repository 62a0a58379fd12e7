package io.holdfast.engine.simulation;

import io.holdfast.engine.delivery.Instruction;
import java.util.EnumSet;
import java.util.Set;

/** A participant as it is in its own world: what it was told and what it has promised. */
final class SimulatedParticipant {
    final String address;
    final boolean poison;
    final boolean votesNo;
    final Set<Instruction> told = EnumSet.noneOf(Instruction.class);
    int effects;

    SimulatedParticipant(String address, boolean poison, boolean votesNo) {
        this.address = address;
        this.poison = poison;
        this.votesNo = votesNo;
    }

    /** Acts once per instruction, however often it is told. */
    void take(Instruction instruction) {
        if (told.add(instruction) && instruction != Instruction.PREPARE) {
            effects++;
        }
    }
}
