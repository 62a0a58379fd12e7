package io.holdfast.coordinator.operations;

/** A resource adapter failed at what it was asked, such as by its disk; it may have done it all the same. */
public final class AdapterFailedException extends RuntimeException {
    AdapterFailedException(String node, Throwable cause) {
        super("The resource adapter '" + node + "' failed, maybe after it had done it: " + cause, cause);
    }
}
