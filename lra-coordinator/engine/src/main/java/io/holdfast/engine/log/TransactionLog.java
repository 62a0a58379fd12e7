package io.holdfast.engine.log;

import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The durable memory of one node: events in the order in which they happened. Thread-safe; the events of one transaction must be
 * appended by one thread at a time, and their order is kept.
 */
public interface TransactionLog extends AutoCloseable {
    /**
     * Adds the events as one unit: after a crash all of them are found or none. Not durable on return; returns at once.
     *
     * @return the sequence number of the unit, greater than all before
     * @throws LogFailedException if an earlier write failed
     */
    long append(TransactionId id, List<Event> events);

    /**
     * Asks for durability. The future completes when the unit with this number and all before it survive a power cut, and completes
     * exceptionally with {@link LogFailedException} if that cannot be had. Its dependents run on the thread that writes, which holds
     * no lock of the log then, and must hand real work to an executor.
     */
    CompletableFuture<Void> force(long sequence);

    /** How many bytes a restart would have to read beyond the last checkpoint. */
    long bytesSinceCheckpoint();

    /** How many writes this run has forced to the disk, for however many units and whoever waited each. */
    long forces();

    /**
     * Writes the live transactions down and drops what stands before. Appends go on meanwhile. Runs on the caller's thread, one at a
     * time; when it fails, nothing is lost and the log goes on with what it has.
     *
     * @param live asked once, after the log has been divided; each snapshot must be taken while no event of it is being appended
     * @return how many bytes were written, 0 when it failed
     */
    long checkpoint(Supplier<Stream<Snapshot>> live);

    /** The name of this node, generated once and kept with the log. */
    String nodeId();

    /**
     * Makes everything appended durable and gives the directory back. A checkpoint under way is given up and waited for; every future
     * that waits completes, exceptionally if what it waits for is not durable.
     */
    @Override
    void close();

    /** A transaction as it was after the unit with the given number. */
    record Snapshot(Transaction transaction, long sequence) {}

    /** Receives what the log holds when it is opened, in order. */
    interface Replay {
        void snapshot(Snapshot snapshot);

        void events(long sequence, TransactionId id, List<Event> events);
    }
}
