package io.holdfast.engine.log;

import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.TransactionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The log as append-only files in one directory, with group commit: while one batch of units is being forced, the next one gathers.
 * Every write is forced before the next is made, so that a crash can tear only the last frame.
 */
public final class SegmentLog implements TransactionLog {
    private static final System.Logger LOG = System.getLogger("io.holdfast.engine.log");
    private static final int MAX_GATHERED_BYTES = 1 << 20;
    private static final int CHECKPOINT_FRAME_BYTES = 1 << 18;

    private final Disk disk;
    private final Executor executor;
    private final AutoCloseable directoryLock;
    private final NodeId node;
    private final Frames frames;

    /** Held while a file is written; never while a caller appends. */
    private final ReentrantLock writing = new ReentrantLock();

    private Disk.Appender segment;
    private long segmentNumber;

    /** Guards what follows; held for memory work only. */
    private final Object gathering = new Object();

    private Output gathered = Frames.begin();
    private int gatheredUnits;
    private long nextSequence;
    private long durableSequence;
    private CompletableFuture<Void> gatheredDurable = new CompletableFuture<>();
    private CompletableFuture<Void> writtenDurable = CompletableFuture.completedFuture(null);
    private long writtenSequence;
    private boolean forceWanted;
    private boolean flushScheduled;
    private long bytesSinceCheckpoint;
    private @Nullable LogFailedException failed;

    private SegmentLog(Disk disk, Executor executor, RandomGenerator random, Replay replay) {
        this.disk = disk;
        this.executor = executor;
        directoryLock = disk.lock();
        try {
            node = NodeId.of(disk, random);
            frames = new Frames(node.value());
            SegmentReader.Result found = new SegmentReader(disk, frames).read(replay);
            nextSequence = found.nextSequence();
            durableSequence = nextSequence - 1;
            writtenSequence = durableSequence;
            bytesSinceCheckpoint = found.tailBytes();
            segmentNumber = found.nextNumber();
            segment = createSegment(segmentNumber, nextSequence);
        } catch (IOException unreadable) {
            closeAfter(unreadable);
            throw new LogUnavailableException(
                    EngineMessage.LOG_NOT_WRITABLE.text(disk.describe(), unreadable.toString()), unreadable);
        } catch (RuntimeException unusable) {
            closeAfter(unusable);
            throw unusable;
        }
    }

    /**
     * Opens the log in a directory, after handing what it holds to {@code replay}. A torn last write is cut off.
     *
     * @param executor runs the writes, which block on the disk
     * @param random makes the node's id when the directory is new
     * @throws LogUnavailableException if the directory is in use by another node or cannot be written
     * @throws LogDamagedException if a record in the middle is damaged; nothing has been changed then
     */
    public static SegmentLog open(Disk disk, Executor executor, RandomGenerator random, Replay replay) {
        return new SegmentLog(disk, executor, random, replay);
    }

    private void closeAfter(Exception cause) {
        try {
            directoryLock.close();
        } catch (Exception alsoFailed) {
            cause.addSuppressed(alsoFailed);
        }
    }

    /** What a failure leaves has no frames, so that the next opening takes it for what it is. */
    private Disk.Appender createSegment(long number, long firstSequence) throws IOException {
        Disk.Appender created = disk.create(FileNames.segment(number));
        try {
            created.append(frames.header(number, firstSequence));
            return created;
        } catch (IOException failure) {
            try (created) {
                disk.delete(FileNames.segment(number));
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    @Override
    public String nodeId() {
        return node.toString();
    }

    @Override
    public long append(TransactionId id, List<Event> events) {
        Output unit = new Output().putText(id.value());
        EventCodec.write(unit, events);
        synchronized (gathering) {
            throwIfFailed();
            gathered.putBytes(unit.array(), unit.size());
            gatheredUnits++;
            long sequence = nextSequence++;
            if (gathered.size() > MAX_GATHERED_BYTES) {
                scheduleFlush();
            }
            return sequence;
        }
    }

    @Override
    public CompletableFuture<Void> force(long sequence) {
        synchronized (gathering) {
            if (sequence <= durableSequence) {
                return CompletableFuture.completedFuture(null);
            }
            if (failed != null) {
                return CompletableFuture.failedFuture(failed);
            }
            if (sequence <= writtenSequence) {
                return writtenDurable;
            }
            CompletableFuture<Void> durable = gatheredDurable;
            scheduleFlush();
            return durable;
        }
    }

    private void scheduleFlush() {
        forceWanted = true;
        if (!flushScheduled) {
            flushScheduled = true;
            try {
                executor.execute(this::flushAll);
            } catch (RuntimeException refused) {
                fail(refused);
            }
        }
    }

    private void flushAll() {
        boolean more = true;
        while (more) {
            writing.lock();
            try {
                flush();
            } finally {
                writing.unlock();
            }
            synchronized (gathering) {
                more = forceWanted && gatheredUnits > 0 && failed == null;
                flushScheduled = more;
            }
        }
    }

    /** Writes and forces what has gathered. The caller holds {@link #writing}. */
    private void flush() {
        Output frame;
        int units;
        long first;
        CompletableFuture<Void> durable;
        synchronized (gathering) {
            if (gatheredUnits == 0 || failed != null) {
                return;
            }
            frame = gathered;
            units = gatheredUnits;
            first = nextSequence - units;
            durable = gatheredDurable;
            writtenDurable = durable;
            writtenSequence = nextSequence - 1;
            gathered = Frames.begin();
            gatheredUnits = 0;
            forceWanted = false;
            gatheredDurable = new CompletableFuture<>();
        }
        try {
            segment.append(frames.finish(frame, first, units));
            segment.force();
        } catch (IOException | RuntimeException broken) {
            fail(broken);
            return;
        } catch (Error broken) {
            fail(broken);
            throw broken;
        }
        synchronized (gathering) {
            durableSequence = first + units - 1;
            bytesSinceCheckpoint += frame.size();
        }
        durable.complete(null);
    }

    /** Nobody knows what the failed write has left, so nothing may be written behind it. */
    private void fail(Throwable cause) {
        String text = EngineMessage.LOG_FAILED.text(disk.describe());
        LOG.log(System.Logger.Level.ERROR, text, cause);
        LogFailedException failure = new LogFailedException(text, cause);
        CompletableFuture<Void> written;
        CompletableFuture<Void> waiting;
        synchronized (gathering) {
            failed = failure;
            written = writtenDurable;
            waiting = gatheredDurable;
        }
        written.completeExceptionally(failure);
        waiting.completeExceptionally(failure);
    }

    private void throwIfFailed() {
        if (failed != null) {
            throw new LogFailedException(String.valueOf(failed.getMessage()), failed);
        }
    }

    @Override
    public long bytesSinceCheckpoint() {
        synchronized (gathering) {
            return bytesSinceCheckpoint;
        }
    }

    @Override
    public synchronized long checkpoint(Supplier<Stream<Snapshot>> live) {
        try {
            long number = divide();
            long bytes = writeCheckpoint(number, live);
            dropBefore(number);
            return bytes;
        } catch (IOException | UncheckedIOException failure) {
            LOG.log(System.Logger.Level.WARNING, EngineMessage.CHECKPOINT_FAILED.text(disk.describe()), failure);
            synchronized (gathering) {
                bytesSinceCheckpoint = 0;
            }
            return 0;
        }
    }

    /** Goes on in a new segment and returns its number. */
    private long divide() throws IOException {
        writing.lock();
        try {
            flush();
            long firstSequence;
            synchronized (gathering) {
                throwIfFailed();
                firstSequence = nextSequence - gatheredUnits;
            }
            segmentNumber++;
            Disk.Appender next = createSegment(segmentNumber, firstSequence);
            segment.close();
            segment = next;
            synchronized (gathering) {
                bytesSinceCheckpoint = 0;
            }
            return segmentNumber;
        } finally {
            writing.unlock();
        }
    }

    private long writeCheckpoint(long number, Supplier<Stream<Snapshot>> live) throws IOException {
        String temporary = FileNames.temporary(number);
        disk.delete(temporary);
        long written;
        try (Disk.Appender file = disk.create(temporary)) {
            file.append(frames.header(number, 0));
            Output frame = Frames.begin();
            int units = 0;
            long bytes = 0;
            try (Stream<Snapshot> snapshots = live.get()) {
                for (Iterator<Snapshot> each = snapshots.iterator(); each.hasNext(); ) {
                    Snapshot snapshot = each.next();
                    frame.putLong(snapshot.sequence());
                    EventCodec.write(frame, snapshot.transaction());
                    units++;
                    if (frame.size() > CHECKPOINT_FRAME_BYTES) {
                        file.append(frames.finish(frame, 0, units));
                        bytes += frame.size();
                        frame = Frames.begin();
                        units = 0;
                    }
                }
            }
            if (units > 0) {
                file.append(frames.finish(frame, 0, units));
                bytes += frame.size();
            }
            file.append(frames.finish(Frames.begin(), 0, 0));
            makeDurable();
            file.force();
            written = bytes;
        }
        disk.rename(temporary, FileNames.checkpoint(number));
        return written;
    }

    /** What the snapshots tell, and that what they leave out is over, must not be lost behind them. */
    private void makeDurable() {
        writing.lock();
        try {
            flush();
            synchronized (gathering) {
                throwIfFailed();
            }
        } finally {
            writing.unlock();
        }
    }

    private void dropBefore(long number) throws IOException {
        for (String name : disk.list()) {
            if (FileNames.isBefore(name, number)) {
                disk.delete(name);
            }
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            flush();
            segment.close();
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, EngineMessage.LOG_FAILED.text(disk.describe()), failure);
        } finally {
            try {
                synchronized (gathering) {
                    failed = new LogFailedException("The log in " + disk.describe() + " is closed", null);
                }
                directoryLock.close();
            } catch (Exception failure) {
                LOG.log(System.Logger.Level.WARNING, EngineMessage.LOG_FAILED.text(disk.describe()), failure);
            } finally {
                writing.unlock();
            }
        }
    }
}
