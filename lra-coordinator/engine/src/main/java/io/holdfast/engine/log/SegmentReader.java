package io.holdfast.engine.log;

import io.holdfast.engine.log.TransactionLog.Replay;
import io.holdfast.engine.log.TransactionLog.Snapshot;
import io.holdfast.engine.message.EngineMessage;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Texts;
import io.holdfast.engine.state.TransactionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the files of a log when it is opened: the newest checkpoint, then the segments from its number on. Confined. */
final class SegmentReader {
    private static final System.Logger LOG = System.getLogger("io.holdfast.engine.log");

    /** Where the log goes on. */
    record Result(long nextSequence, long nextNumber, long tailBytes) {}

    private record TornTail(String name, int position, int length) {}

    private final Disk disk;
    private final Frames frames;
    private final Texts texts = new Texts();
    private long nextSequence = 1;
    private boolean segmentSeen;
    /** Segments whose first write never came to its end. */
    private final List<String> abandoned = new ArrayList<>();

    private long tailBytes;

    SegmentReader(Disk disk, Frames frames) {
        this.disk = disk;
        this.frames = frames;
    }

    Result read(Replay replay) throws IOException {
        List<String> names = disk.list();
        Optional<String> checkpoint =
                names.stream().filter(FileNames::isCheckpoint).reduce((earlier, later) -> later);
        long firstNumber = checkpoint.map(FileNames::number).orElse(0L);
        List<String> segments = names.stream()
                .filter(FileNames::isSegment)
                .filter(name -> FileNames.number(name) >= firstNumber)
                .toList();
        if (checkpoint.isPresent()) {
            readCheckpoint(checkpoint.get(), replay);
        }
        TornTail torn = readSegments(segments, replay);
        if (torn != null) {
            LOG.log(
                    System.Logger.Level.INFO,
                    EngineMessage.LOG_TAIL_CUT.text(disk.describe(), torn.length() - torn.position(), torn.name()));
            disk.truncate(torn.name(), torn.position());
        }
        for (String name : names) {
            if (FileNames.isTemporary(name) || FileNames.isBefore(name, firstNumber) || abandoned.contains(name)) {
                disk.delete(name);
            }
        }
        long lastNumber = segments.isEmpty() ? firstNumber : FileNames.number(segments.get(segments.size() - 1));
        return new Result(nextSequence, lastNumber + 1, tailBytes);
    }

    private void readCheckpoint(String name, Replay replay) throws IOException {
        ByteBuffer file = disk.read(name);
        if (header(name, file) == null) {
            throw damaged(name, 0);
        }
        int position = Frames.HEADER_BYTES;
        while (true) {
            Frames.Frame frame = frames.readFrame(file, position);
            if (frame == null) {
                throw damaged(name, position);
            }
            if (frame.units() == 0) {
                return;
            }
            Input in = new Input(frame.payload(), texts);
            for (int i = 0; i < frame.units(); i++) {
                long sequence = in.getLong();
                replay.snapshot(new Snapshot(EventCodec.readTransaction(in), sequence));
                nextSequence = Math.max(nextSequence, sequence + 1);
            }
            position = frame.end();
        }
    }

    private @Nullable TornTail readSegments(List<String> segments, Replay replay) throws IOException {
        TornTail torn = null;
        for (String name : segments) {
            ByteBuffer file = disk.read(name);
            if (file.limit() == 0) {
                continue;
            }
            Frames.Header header = header(name, file);
            if (torn != null && (header == null ? frames.anyFrameFrom(file, 0) : hasFrames(file))) {
                throw damaged(torn.name(), torn.position());
            }
            if (header == null) {
                if (frames.anyFrameFrom(file, 0)) {
                    throw damaged(name, 0);
                }
                abandoned.add(name);
                continue;
            }
            if (segmentSeen && header.firstSequence() != nextSequence) {
                throw damaged(name, 0);
            }
            segmentSeen = true;
            nextSequence = header.firstSequence();
            int end = readFrames(name, file, replay);
            if (end < file.limit() && torn == null) {
                torn = new TornTail(name, end, file.limit());
            }
        }
        return torn;
    }

    private boolean hasFrames(ByteBuffer file) {
        return frames.anyFrameFrom(file, Frames.HEADER_BYTES);
    }

    private int readFrames(String name, ByteBuffer file, Replay replay) {
        int position = Frames.HEADER_BYTES;
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
        if (position < file.limit() && frames.anyFrameFrom(file, position)) {
            throw damaged(name, position);
        }
        return position;
    }

    private Frames.@Nullable Header header(String name, ByteBuffer file) {
        Frames.Header header = frames.readHeader(file);
        if (header != null && header.format() > Frames.FORMAT) {
            throw new LogUnavailableException(
                    EngineMessage.LOG_NEWER.text(name, disk.describe(), header.format(), Frames.FORMAT), null);
        }
        return header;
    }

    private LogDamagedException damaged(String name, int position) {
        return new LogDamagedException(EngineMessage.LOG_DAMAGED.text(name, disk.describe(), position));
    }
}
