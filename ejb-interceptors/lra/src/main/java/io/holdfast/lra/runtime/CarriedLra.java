package io.holdfast.lra.runtime;

import java.util.Optional;

/** The LRA that one thread was in when it gave work to another, which takes it over for this work. Confined to one thread at a time. */
public final class CarriedLra {
    private final Optional<ActiveLra> lra;
    private Optional<ActiveLra> before = Optional.empty();

    private CarriedLra(Optional<ActiveLra> lra) {
        this.lra = lra;
    }

    /** That of this thread; nothing when {@link Wire#TASKS} is off. */
    public static CarriedLra ofThisThread() {
        return new CarriedLra(Wire.TASKS.isOn() ? ThreadContext.active() : Optional.empty());
    }

    /** So that the work is in no LRA. */
    public static CarriedLra none() {
        return new CarriedLra(Optional.empty());
    }

    /** For the same work on another thread, maybe at the same time. */
    public CarriedLra again() {
        return new CarriedLra(lra);
    }

    /** This thread does the work now. */
    public void begin() {
        before = ThreadContext.active();
        ThreadContext.enter(lra);
    }

    /** This thread has done it, and is where it was before. */
    public void end() {
        ThreadContext.enter(before);
    }
}
