package io.holdfast.interceptors.outbox;

import io.holdfast.api.OutgoingMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker that notes what it takes, in one list, and fails what it is told to. Thread-safe. */
class Recording implements Broker {
    final List<String> taken;
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    final AtomicInteger openSessions = new AtomicInteger();
    volatile boolean down;
    /** Whether the end of a session fails. */
    volatile boolean failingClose;

    Recording() {
        this(Collections.synchronizedList(new ArrayList<>()));
    }

    Recording(List<String> taken) {
        this.taken = taken;
    }

    /** What a receiver sees that knows repetitions by their ids. */
    List<String> first() {
        return List.copyOf(new LinkedHashSet<>(taken));
    }

    /** Takes a message that is not refused. */
    void take(String id) {
        taken.add(id);
    }

    @Override
    public Session open() throws IOException {
        if (down) {
            throw new IOException("the broker is down");
        }
        openSessions.incrementAndGet();
        return new Session() {
            @Override
            public void send(OutgoingMessage message) throws IOException {
                if (refused.contains(message.id())) {
                    throw new IOException(message.id() + " is not wanted");
                }
                take(message.id());
            }

            @Override
            public void close() {
                openSessions.decrementAndGet();
                if (failingClose) {
                    throw new IllegalStateException("the connection was lost meanwhile");
                }
            }
        };
    }
}
