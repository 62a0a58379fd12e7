package io.holdfast.engine.log;

import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.time.HelpingExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
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

    private final Disk disk;
    private final Executor executor;
    private final AutoCloseable directoryLock;
    private final NodeId node;
    private final Frames frames;

    /** Held while a checkpoint is written, before {@link #writing}. */
    private final ReentrantLock checkpointing = new ReentrantLock();

    /** Held while a file is written; never while a caller appends. */
    private final ReentrantLock writing = new ReentrantLock();

    private Disk.Appender segment;
    private long segmentNumber;
    private boolean closed;

    /** From now on a checkpoint would only delay the end. */
    private volatile boolean closing;

    /** Tell those who wait for durability what has become of it; run without a lock. */
    private final Queue<Runnable> untold = new ConcurrentLinkedQueue<>();

    /** Guards what follows; held for memory work only. */
    private final Object gathering = new Object();

    private Output gathered = Frames.begin();
    private int gatheredUnits;
    private long nextSequence;
    private long durableSequence;
    private CompletableFuture<Void> gatheredDurable = new CompletableFuture<>();
    private CompletableFuture<Void> writtenDurable = CompletableFuture.completedFuture(null);
    private long writtenSequence;
    private final LongAdder forces = new LongAdder();
    /** Whether the last frame had more than one unit; a guess, so that it needs no lock. */
    private volatile boolean sharedLast;

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

    /** It is durable before anything is written to it, so that it is not taken for one that never was when it is missing. */
    private Disk.Appender createSegment(long number, long firstSequence) throws IOException {
        Disk.Appender created = disk.create(FileNames.segment(number));
        try {
            created.append(frames.header(number, firstSequence));
            created.force();
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
                HelpingExecutor.ofThisThread(executor).execute(this::flushAll);
            } catch (RuntimeException refused) {
                // Nobody waits for what has gathered yet, or the flush would have been scheduled already.
                gatheredDurable.completeExceptionally(failBecause(refused));
            }
        }
    }

    /**
     * When others have been writing too, whoever could run now and has something to write may append it first: on a busy machine half as many
     * writes are forced then. For one who writes alone it would be a time in which others have the processor.
     */
    @SuppressWarnings("ThreadPriorityCheck") // Correctness does not depend on it.
    private void flushAll() {
        boolean more = true;
        while (more) {
            if (sharedLast) {
                Thread.yield();
            }
            writing.lock();
            try {
                flush();
            } finally {
                writing.unlock();
                tell();
            }
            synchronized (gathering) {
                more = forceWanted && gatheredUnits > 0 && failed == null;
                flushScheduled = more;
            }
            if (more && HelpingExecutor.isHelping()) {
                handOver();
                return;
            }
        }
    }

    /** To a thread that does not wait for something itself. */
    private void handOver() {
        try {
            executor.execute(this::flushAll);
        } catch (RuntimeException refused) {
            fail(refused);
            tell();
        }
    }

    /** Tells those who wait what has become of what they wait for. The caller holds no lock. */
    private void tell() {
        for (Runnable each = untold.poll(); each != null; each = untold.poll()) {
            each.run();
        }
    }

    /** For a checkpoint, which holds a lock, but must not keep anybody waiting until it is written. */
    private void tellElsewhere() {
        if (!untold.isEmpty()) {
            try {
                executor.execute(this::tell);
            } catch (RuntimeException refused) {
                LOG.log(System.Logger.Level.DEBUG, "Told at the end of the checkpoint", refused);
            }
        }
    }

    /** Writes and forces what has gathered. The caller holds {@link #writing} and calls {@link #tell} without it. */
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
            sharedLast = units > 1;
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
            forces.increment();
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
        untold.add(() -> durable.complete(null));
    }

    /** Nobody knows what the failed write has left, so nothing may be written behind it. */
    private void fail(Throwable cause) {
        CompletableFuture<Void> written;
        CompletableFuture<Void> waiting;
        LogFailedException failure;
        synchronized (gathering) {
            failure = failBecause(cause);
            written = writtenDurable;
            waiting = gatheredDurable;
        }
        untold.add(() -> {
            written.completeExceptionally(failure);
            waiting.completeExceptionally(failure);
        });
    }

    /** The caller holds {@link #gathering}. */
    private LogFailedException failBecause(Throwable cause) {
        String text = EngineMessage.LOG_FAILED.text(disk.describe());
        LOG.log(System.Logger.Level.ERROR, text, cause);
        LogFailedException failure = new LogFailedException(text, cause);
        failed = failure;
        return failure;
    }

    private void throwIfFailed() {
        if (failed != null) {
            throw new LogFailedException(String.valueOf(failed.getMessage()), failed);
        }
    }

    @Override
    public long forces() {
        return forces.sum();
    }

    @Override
    public long bytesSinceCheckpoint() {
        synchronized (gathering) {
            return bytesSinceCheckpoint;
        }
    }

    @Override
    public long checkpoint(Supplier<Stream<Snapshot>> live) {
        checkpointing.lock();
        try {
            return closing ? 0 : writeCheckpoint(divide(), live);
        } catch (IOException | UncheckedIOException failure) {
            LOG.log(System.Logger.Level.WARNING, EngineMessage.CHECKPOINT_FAILED.text(disk.describe()), failure);
            synchronized (gathering) {
                bytesSinceCheckpoint = 0;
            }
            return 0;
        } catch (LogFailedException told) {
            // By whoever found it; every append says so from now on.
            return 0;
        } finally {
            checkpointing.unlock();
            tell();
        }
    }

    /**
     * Where the log goes on in a new segment.
     *
     * @param firstSequence of what is in that segment
     */
    private record Division(long number, long firstSequence) {}

    private Division divide() throws IOException {
        writing.lock();
        try {
            flush();
            long firstSequence;
            synchronized (gathering) {
                throwIfFailed();
                firstSequence = nextSequence - gatheredUnits;
            }
            segmentNumber++;
            Disk.Appender earlier = segment;
            segment = createSegment(segmentNumber, firstSequence);
            synchronized (gathering) {
                bytesSinceCheckpoint = 0;
            }
            earlier.close();
            return new Division(segmentNumber, firstSequence);
        } finally {
            writing.unlock();
            tellElsewhere();
        }
    }

    /** What does not come to its end must not fill the disk. */
    private long writeCheckpoint(Division division, Supplier<Stream<Snapshot>> live) throws IOException {
        String temporary = FileNames.temporary(division.number());
        try {
            long bytes = writeSnapshots(temporary, division, live);
            if (closing) {
                return 0;
            }
            disk.rename(temporary, FileNames.checkpoint(division.number()));
            dropBefore(division.number());
            return bytes;
        } finally {
            disk.delete(temporary);
        }
    }

    private long writeSnapshots(String name, Division division, Supplier<Stream<Snapshot>> live) throws IOException {
        try (Disk.Appender file = disk.create(name);
                Stream<Snapshot> snapshots = live.get()) {
            file.append(frames.header(division.number(), division.firstSequence()));
            SnapshotWriter writer = new SnapshotWriter(file, frames);
            for (Iterator<Snapshot> each = snapshots.iterator(); !closing && each.hasNext(); ) {
                writer.add(each.next());
            }
            long bytes = writer.end();
            makeDurable();
            file.force();
            return bytes;
        }
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
            tellElsewhere();
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
        closing = true;
        checkpointing.lock();
        writing.lock();
        try {
            if (!closed) {
                closed = true;
                writeTheLast();
            }
        } finally {
            writing.unlock();
            checkpointing.unlock();
            tell();
        }
    }

    private void writeTheLast() {
        try {
            takeNoMore();
        } finally {
            close(segment);
            close(directoryLock);
        }
    }

    private void close(AutoCloseable file) {
        try {
            file.close();
        } catch (Exception failure) {
            LOG.log(System.Logger.Level.WARNING, EngineMessage.LOG_FAILED.text(disk.describe()), failure);
        }
    }

    /** Nobody who waits is left without an answer. */
    private void takeNoMore() {
        LogFailedException over = new LogFailedException("The log in " + disk.describe() + " is closed", null);
        boolean more = true;
        while (more) {
            flush();
            synchronized (gathering) {
                more = gatheredUnits > 0 && failed == null;
                if (!more) {
                    failed = over;
                    CompletableFuture<Void> waiting = gatheredDurable;
                    untold.add(() -> waiting.completeExceptionally(over));
                }
            }
        }
    }
}
