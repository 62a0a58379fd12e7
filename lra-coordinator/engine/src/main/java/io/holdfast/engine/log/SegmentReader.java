package io.holdfast.engine.log;

import io.holdfast.engine.log.TransactionLog.Replay;
import io.holdfast.engine.log.TransactionLog.Snapshot;
import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Texts;
import io.holdfast.engine.state.TransactionId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a log when it is opened: the newest checkpoint, then the segments from its number on. Nothing is changed before
 * all of it was found whole and without a gap. Confined.
 */
final class SegmentReader {
    private static final System.Logger LOG = System.getLogger("io.holdfast.engine.log");

    /** Where the log goes on. */
    record Result(long nextSequence, long nextNumber, long tailBytes) {}

    private record TornTail(String name, long position, long length) {}

    private final Disk disk;
    private final Frames frames;
    private final Texts texts = new Texts();
    private @Nullable String checkpoint;
    private long nextSequence = 1;
    /** Not after a checkpoint of the first releases until a segment tells. */
    private boolean nextSequenceKnown = true;
    /** Of what the snapshots tell. */
    private long lastTold;

    private @Nullable TornTail torn;
    private long tailBytes;

    SegmentReader(Disk disk, Frames frames) {
        this.disk = disk;
        this.frames = frames;
    }

    Result read(Replay replay) throws IOException {
        List<String> names = disk.list();
        names.stream().filter(FileNames::isCheckpoint).forEach(name -> checkpoint = name);
        long firstNumber = checkpoint == null ? 0 : FileNames.number(checkpoint);
        List<String> segments = names.stream()
                .filter(FileNames::isSegment)
                .filter(name -> FileNames.number(name) >= firstNumber)
                .toList();
        if (checkpoint != null) {
            readCheckpoint(checkpoint, replay);
            if (segments.isEmpty() || FileNames.number(segments.get(0)) != firstNumber) {
                throw incomplete(FileNames.segment(firstNumber) + ", with which " + checkpoint + " goes on");
            }
        }
        for (String segment : segments) {
            readSegment(segment, replay);
        }
        if (lastTold >= nextSequence) {
            throw incomplete(sequences(nextSequence, lastTold) + ", of which " + checkpoint + " tells");
        }
        cutTail();
        for (String name : names) {
            if (FileNames.isTemporary(name) || FileNames.isBefore(name, firstNumber)) {
                disk.delete(name);
            }
        }
        long lastNumber = segments.isEmpty() ? firstNumber : FileNames.number(segments.get(segments.size() - 1));
        return new Result(nextSequence, lastNumber + 1, tailBytes);
    }

    private void readCheckpoint(String name, Replay replay) throws IOException {
        try (FileWindow file = new FileWindow(disk.read(name))) {
            Frames.Header header = header(name, file);
            if (header == null) {
                throw damaged(name, 0);
            }
            nextSequenceKnown = header.firstSequence() > 0;
            nextSequence = header.firstSequence();
            long position = Frames.HEADER_BYTES;
            while (true) {
                Frames.Frame frame = frames.readFrame(file, position);
                if (frame == null) {
                    throw damaged(name, position);
                }
                if (frame.units() == 0) {
                    return;
                }
                readSnapshots(frame, replay);
                position = frame.end();
            }
        }
    }

    private void readSnapshots(Frames.Frame frame, Replay replay) {
        Input in = new Input(frame.payload(), texts);
        for (int i = 0; i < frame.units(); i++) {
            long sequence = in.getLong();
            replay.snapshot(new Snapshot(EventCodec.readTransaction(in), sequence));
            lastTold = Math.max(lastTold, sequence);
        }
    }

    private void readSegment(String name, Replay replay) throws IOException {
        try (FileWindow file = new FileWindow(disk.read(name))) {
            Frames.Header header = header(name, file);
            if (torn != null && frames.anyFrameFrom(file, header == null ? 0 : Frames.HEADER_BYTES)) {
                throw damaged(torn.name(), torn.position());
            }
            if (header == null) {
                checkAbandoned(name, file);
                return;
            }
            if (isLeftOver(header, file)) {
                return;
            }
            checkContinuity(name, header.firstSequence());
            readFrames(name, file, replay);
        }
    }

    /** A segment whose creation did not come to its end holds nothing, and the one that a checkpoint goes on with is none. */
    private void checkAbandoned(String name, FileWindow file) throws IOException {
        if (frames.anyFrameFrom(file, 0)) {
            throw damaged(name, 0);
        }
        if (checkpoint != null && nextSequenceKnown && FileNames.number(name) == FileNames.number(checkpoint)) {
            throw incomplete("the beginning of " + name + ", with which " + checkpoint + " goes on");
        }
    }

    /** One that could not be created wholly, so that the log went on in the one before, and that a crash brought back after its deletion. */
    private boolean isLeftOver(Frames.Header header, FileWindow file) throws IOException {
        return nextSequenceKnown
                && header.firstSequence() < nextSequence
                && !frames.anyFrameFrom(file, Frames.HEADER_BYTES);
    }

    private void checkContinuity(String name, long firstSequence) {
        if (nextSequenceKnown && firstSequence > nextSequence) {
            throw incomplete(sequences(nextSequence, firstSequence - 1) + ", behind which " + name + " begins");
        }
        if (nextSequenceKnown && firstSequence < nextSequence) {
            throw damaged(name, 0);
        }
        nextSequence = firstSequence;
        nextSequenceKnown = true;
    }

    private void readFrames(String name, FileWindow file, Replay replay) throws IOException {
        long position = Frames.HEADER_BYTES;
        for (Frames.Frame frame = frames.readFrame(file, position);
                frame != null;
                frame = frames.readFrame(file, position)) {
            if (frame.firstSequence() != nextSequence) {
                throw damaged(name, position);
            }
            Input in = new Input(frame.payload(), texts);
            for (int i = 0; i < frame.units(); i++) {
                TransactionId id = new TransactionId(in.getText());
                List<Event> events = EventCodec.readEvents(in);
                replay.events(nextSequence++, id, events);
            }
            tailBytes += frame.end() - position;
            position = frame.end();
        }
        if (file.isZeroFrom(position)) {
            return;
        }
        if (frames.anyFrameFrom(file, position)) {
            throw damaged(name, position);
        }
        if (torn == null) {
            torn = new TornTail(name, position, file.size());
        }
    }

    private void cutTail() throws IOException {
        if (torn != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    EngineMessage.LOG_TAIL_CUT.text(disk.describe(), torn.length() - torn.position(), torn.name()));
            disk.truncate(torn.name(), torn.position());
        }
    }

    private Frames.@Nullable Header header(String name, FileWindow file) throws IOException {
        Frames.Header header = frames.readHeader(file);
        if (header != null && header.format() > Frames.FORMAT) {
            throw new LogUnavailableException(
                    EngineMessage.LOG_NEWER.text(name, disk.describe(), header.format(), Frames.FORMAT), null);
        }
        return header;
    }

    private static String sequences(long first, long last) {
        return first == last
                ? "the record with sequence number " + first
                : "the records with sequence numbers " + first + " to " + last;
    }

    private LogDamagedException incomplete(String what) {
        return new LogDamagedException(EngineMessage.LOG_INCOMPLETE.text(disk.describe(), what));
    }

    private LogDamagedException damaged(String name, long position) {
        return new LogDamagedException(EngineMessage.LOG_DAMAGED.text(name, disk.describe(), position));
    }
}
