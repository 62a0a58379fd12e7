package io.holdfast.coordinator.operations;

/** No resource adapter with that node id runs in this server. */
public final class UnknownAdapterException extends RuntimeException {
    UnknownAdapterException(String node) {
        super("No resource adapter with the node id '" + node + "' runs in this server");
    }
}
