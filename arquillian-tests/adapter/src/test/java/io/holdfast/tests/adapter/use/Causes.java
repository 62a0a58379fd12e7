package io.holdfast.tests.adapter.use;

/** What a test is told of an exception. */
public final class Causes {
    private Causes() {}

    static String of(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return thrown + " <- " + cause;
    }
}
