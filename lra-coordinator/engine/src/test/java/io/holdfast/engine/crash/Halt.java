package io.holdfast.engine.crash;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Halts this JVM, as a kill would, at a point: a step that is come to for a certain time. Thread-safe. */
final class Halt {
    static final int STATUS = 77;
    static final String AGAIN = ", time ";

    private final String target;
    private final int times;
    private final Consumer<String> newPoint;
    private final Map<String, Integer> passed = new HashMap<>();

    /** @param times how often a step is a point, which the consumer is told when it was passed */
    Halt(String target, int times, Consumer<String> newPoint) {
        this.target = target;
        this.times = times;
        this.newPoint = newPoint;
    }

    synchronized void at(String step) {
        int time = passed.merge(step, 1, Integer::sum);
        String point = time == 1 ? step : step + AGAIN + time;
        if (point.equals(target)) {
            Runtime.getRuntime().halt(STATUS);
        }
        if (time <= times) {
            newPoint.accept(point);
        }
    }
}
