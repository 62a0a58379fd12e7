package io.holdfast.interceptors.outbox;

import io.holdfast.api.OutgoingMessage;

/** Where messages are relayed to. Thread-safe. */
@FunctionalInterface
interface Broker {
    /** A connection to it. Confined to one thread. */
    interface Session extends AutoCloseable {
        /** In the transaction of the thread; without one the broker keeps the message on return, also over a crash of its own. */
        void send(OutgoingMessage message) throws Exception;

        @Override
        void close();
    }

    Session open() throws Exception;
}
