package io.holdfast.tests.tcc.app;

/** While it is closed no confirm and no cancel succeeds. Kept by the JVM, so that it outlives a deployment. */
final class Gate {
    private static final String CLOSED = "holdfast.test.gate.closed";

    private Gate() {}

    static void close(boolean closed) {
        System.setProperty(CLOSED, Boolean.toString(closed));
    }

    static void pass() {
        if (Boolean.getBoolean(CLOSED)) {
            throw new IllegalStateException("The gate is closed");
        }
    }
}
