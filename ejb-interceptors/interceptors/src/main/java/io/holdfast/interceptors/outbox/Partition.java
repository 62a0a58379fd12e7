package io.holdfast.interceptors.outbox;

import io.holdfast.api.OutgoingMessage;

/** The parts that relays share the outbox by: all messages with one key are in one of them. */
final class Partition {
    /** Never changed: rows carry the number. */
    static final int COUNT = 8;

    private Partition() {}

    static int of(OutgoingMessage message) {
        String spread = message.key().isEmpty() ? message.id() : message.key();
        return Math.floorMod(spread.hashCode(), COUNT);
    }
}
