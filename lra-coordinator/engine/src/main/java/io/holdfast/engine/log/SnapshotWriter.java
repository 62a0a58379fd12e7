package io.holdfast.engine.log;

import io.holdfast.engine.log.TransactionLog.Snapshot;
import java.io.IOException;

/** Writes the snapshots of a checkpoint in frames of a bounded size, behind which an empty one tells that it is whole. Confined. */
final class SnapshotWriter {
    private static final int FRAME_BYTES = 1 << 18;

    private final Disk.Appender file;
    private final Frames frames;
    private Output frame = Frames.begin();
    private int units;
    private long bytes;

    SnapshotWriter(Disk.Appender file, Frames frames) {
        this.file = file;
        this.frames = frames;
    }

    void add(Snapshot snapshot) throws IOException {
        frame.putLong(snapshot.sequence());
        EventCodec.write(frame, snapshot.transaction());
        units++;
        if (frame.size() > FRAME_BYTES) {
            writeFrame();
        }
    }

    /** Returns how many bytes the snapshots took. */
    long end() throws IOException {
        if (units > 0) {
            writeFrame();
        }
        file.append(frames.finish(frame, 0, 0));
        return bytes;
    }

    private void writeFrame() throws IOException {
        file.append(frames.finish(frame, 0, units));
        bytes += frame.size();
        frame = Frames.begin();
        units = 0;
    }
}
