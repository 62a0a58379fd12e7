package io.holdfast.rar;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.HttpParticipant;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.Notification;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the application holds; the managed connection behind it may change. Thread-safe. */
final class ConnectionHandle implements HoldfastConnection {
    private volatile @Nullable HoldfastManagedConnection connection;

    ConnectionHandle(HoldfastManagedConnection connection) {
        this.connection = connection;
    }

    @Override
    public URI lra() {
        return open().lra(null);
    }

    @Override
    public URI lra(Duration timeLimit) {
        return open().lra(checked(timeLimit));
    }

    @Override
    public URI nestedLra(URI parent) {
        return open().nestedLra(parent, null);
    }

    @Override
    public URI nestedLra(URI parent, Duration timeLimit) {
        return open().nestedLra(parent, checked(timeLimit));
    }

    private static Duration checked(Duration timeLimit) {
        Duration longest = Duration.ofSeconds(AdapterSettings.MAX_LRA_SECONDS);
        if (timeLimit.compareTo(Duration.ofMillis(1)) < 0 || timeLimit.compareTo(longest) > 0) {
            throw new HoldfastException(AdapterMessage.BAD_TIME_LIMIT.text(longest, timeLimit));
        }
        return timeLimit;
    }

    @Override
    public Enlisted enlist(HttpParticipant participant) {
        return open().enlist(participant);
    }

    @Override
    public Enlisted enlist(LocalParticipant participant) {
        return open().enlist(participant);
    }

    @Override
    public Enlisted enlist(Notification notification) {
        return open().enlist(notification);
    }

    @Override
    public void store(Enlisted participant, String data) {
        open().store(participant, data);
    }

    @Override
    public void close() {
        HoldfastManagedConnection closing = connection;
        if (closing != null) {
            closing.closed(this);
        }
    }

    /** Null when the handle is closed or the server has taken its connection back. */
    @Nullable
    HoldfastManagedConnection connection() {
        return connection;
    }

    void moveTo(@Nullable HoldfastManagedConnection next) {
        connection = next;
    }

    private HoldfastManagedConnection open() {
        HoldfastManagedConnection current = connection;
        if (current == null) {
            throw new HoldfastException(AdapterMessage.CONNECTION_CLOSED.text(this));
        }
        return current;
    }
}
