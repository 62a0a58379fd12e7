package io.holdfast.engine.simulation;

/** The machine stops here. An error, so that nothing in the engine takes it for a failed write. */
final class SimulatedCrash extends Error {
    SimulatedCrash(String step) {
        super(step, null, false, false);
    }
}
