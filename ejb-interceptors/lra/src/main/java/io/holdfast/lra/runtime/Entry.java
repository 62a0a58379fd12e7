package io.holdfast.lra.runtime;

import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** In which LRA a method runs. */
enum Entry {
    /** In a new one at the top. */
    START,
    /** In a new one within the caller's. */
    NEST,
    /** In the caller's. */
    CONTINUE,
    /** In none. */
    OUTSIDE,
    /** It does not run; the caller is answered 412. */
    REFUSE;

    /** What {@link LRA.Type} says, as a table (MicroProfile LRA 2.0, Javadoc of its constants). */
    static Entry of(LRA.Type type, boolean callerHasLra) {
        return switch (type) {
            case REQUIRED -> callerHasLra ? CONTINUE : START;
            case REQUIRES_NEW -> START;
            case MANDATORY -> callerHasLra ? CONTINUE : REFUSE;
            case SUPPORTS -> callerHasLra ? CONTINUE : OUTSIDE;
            case NOT_SUPPORTED -> OUTSIDE;
            case NEVER -> callerHasLra ? REFUSE : OUTSIDE;
            case NESTED -> callerHasLra ? NEST : START;
        };
    }
}
