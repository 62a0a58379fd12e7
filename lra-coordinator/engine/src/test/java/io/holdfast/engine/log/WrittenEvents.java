package io.holdfast.engine.log;

import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Texts;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;

/** Tells what a write to a segment is about, for tests that stop at a certain one. */
public final class WrittenEvents {
    private static final int UNITS_OFFSET = 2 * Integer.BYTES + Long.BYTES;

    private WrittenEvents() {}

    /** The kinds of the events in a frame, none for the header of a file. */
    public static Set<String> kinds(ByteBuffer write) {
        Set<String> kinds = new TreeSet<>();
        if (write.remaining() <= Frames.HEADER_BYTES) {
            return kinds;
        }
        ByteBuffer frame = write.slice();
        int units = frame.getInt(UNITS_OFFSET);
        Input in = new Input(
                frame.slice(Frames.FRAME_HEADER_BYTES, frame.limit() - Frames.FRAME_HEADER_BYTES), new Texts());
        for (int i = 0; i < units; i++) {
            in.getText();
            for (Event event : EventCodec.readEvents(in)) {
                kinds.add(event.getClass().getSimpleName());
            }
        }
        return kinds;
    }
}
