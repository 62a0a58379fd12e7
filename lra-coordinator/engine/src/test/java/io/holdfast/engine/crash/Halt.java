package io.holdfast.engine.crash;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Halts this JVM, as a kill would, when it comes to a step for the first time. Thread-safe. */
final class Halt {
    static final int STATUS = 77;

    private final String target;
    private final Consumer<String> newStep;
    private final Set<String> passed = new HashSet<>();

    Halt(String target, Consumer<String> newStep) {
        this.target = target;
        this.newStep = newStep;
    }

    synchronized void at(String step) {
        if (step.equals(target)) {
            Runtime.getRuntime().halt(STATUS);
        }
        if (passed.add(step)) {
            newStep.accept(step);
        }
    }
}
