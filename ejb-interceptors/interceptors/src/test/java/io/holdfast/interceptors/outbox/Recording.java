package io.holdfast.interceptors.outbox;

import io.holdfast.api.OutgoingMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker that notes what it takes, in one list, and fails what it is told to. Thread-safe. */
final class Recording implements Broker {
    final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    final AtomicInteger openSessions = new AtomicInteger();
    /** No transaction with one of these can be committed. */
    final Set<String> uncommittable = ConcurrentHashMap.newKeySet();
    /** So many of the next commits fail. */
    final AtomicInteger failingCommits = new AtomicInteger();

    private final List<String> uncommitted = new ArrayList<>();
    volatile boolean down;
    private boolean takesPart;

    /** What is sent from now on is taken with {@link #commit}; for one thread. */
    void begin() {
        takesPart = true;
        uncommitted.clear();
    }

    void commit() throws IOException {
        if (!uncommitted.isEmpty() && failingCommits.get() > 0 && failingCommits.getAndDecrement() > 0) {
            throw new IOException("the broker rolls back");
        }
        if (uncommitted.stream().anyMatch(uncommittable::contains)) {
            throw new IOException("one of " + uncommitted + " is not wanted");
        }
        taken.addAll(uncommitted);
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
                (takesPart ? uncommitted : taken).add(message.id());
            }

            @Override
            public void close() {
                openSessions.decrementAndGet();
            }
        };
    }
}
