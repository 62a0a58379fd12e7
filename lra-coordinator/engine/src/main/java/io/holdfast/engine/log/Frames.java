package io.holdfast.engine.log;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The form of the log's files: a header, then frames. A frame is written and forced as one, so that only the last can be torn.
 *
 * <pre>
 * header: magic(8) format(4) file number(8) first sequence(8) node(16) crc(4)
 * frame:  magic(4) payload length(4) first sequence(8) units(4) crc(4) payload
 * </pre>
 *
 * All checksums are CRC-32C and start with the node's id, so that a file of another node is not taken for ours.
 */
final class Frames {
    static final int FORMAT = 1;
    static final int HEADER_BYTES = 48;
    static final int FRAME_HEADER_BYTES = 24;

    private static final long FILE_MAGIC = 0x484F4C4446415354L;
    private static final int FRAME_MAGIC = 0x48464652;
    private static final int CRC_OFFSET_IN_FRAME = 20;
    private static final int CRC_OFFSET_IN_HEADER = HEADER_BYTES - Integer.BYTES;

    /** What a file says about itself. */
    record Header(int format, long number, long firstSequence) {}

    /** A frame at a position. */
    record Frame(long firstSequence, int units, ByteBuffer payload, int end) {}

    private final UUID node;

    Frames(UUID node) {
        this.node = node;
    }

    ByteBuffer header(long number, long firstSequence) {
        return header(FORMAT, number, firstSequence);
    }

    ByteBuffer header(int format, long number, long firstSequence) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putLong(FILE_MAGIC).putInt(format).putLong(number).putLong(firstSequence);
        header.putLong(node.getMostSignificantBits()).putLong(node.getLeastSignificantBits());
        header.putInt(crc(header.slice(0, CRC_OFFSET_IN_HEADER)));
        return header.flip();
    }

    /** Starts a frame whose length, number of units and checksum {@link #finish} puts in. */
    static Output begin() {
        return new Output().putInt(FRAME_MAGIC).putInt(0).putLong(0).putInt(0).putInt(0);
    }

    ByteBuffer finish(Output frame, long firstSequence, int units) {
        ByteBuffer bytes = frame.toBuffer();
        bytes.putInt(Integer.BYTES, frame.size() - FRAME_HEADER_BYTES);
        bytes.putLong(2 * Integer.BYTES, firstSequence);
        bytes.putInt(2 * Integer.BYTES + Long.BYTES, units);
        bytes.putInt(CRC_OFFSET_IN_FRAME, frameCrc(bytes, 0, frame.size() - FRAME_HEADER_BYTES));
        return bytes;
    }

    /** The header, which every format has in this form, or null when there is none that is whole and ours. */
    @Nullable
    Header readHeader(ByteBuffer file) {
        if (file.limit() < HEADER_BYTES || file.getLong(0) != FILE_MAGIC) {
            return null;
        }
        int format = file.getInt(Long.BYTES);
        if (crc(file.slice(0, CRC_OFFSET_IN_HEADER)) != file.getInt(CRC_OFFSET_IN_HEADER)) {
            return null;
        }
        return new Header(
                format, file.getLong(Long.BYTES + Integer.BYTES), file.getLong(2 * Long.BYTES + Integer.BYTES));
    }

    /** The frame at the position, or null when there is none that is whole and undamaged. */
    @Nullable
    Frame readFrame(ByteBuffer file, int position) {
        if (file.limit() - position < FRAME_HEADER_BYTES || file.getInt(position) != FRAME_MAGIC) {
            return null;
        }
        int length = file.getInt(position + Integer.BYTES);
        int start = position + FRAME_HEADER_BYTES;
        if (length < 0 || length > file.limit() - start) {
            return null;
        }
        if (frameCrc(file, position, length) != file.getInt(position + CRC_OFFSET_IN_FRAME)) {
            return null;
        }
        return new Frame(
                file.getLong(position + 2 * Integer.BYTES),
                file.getInt(position + 2 * Integer.BYTES + Long.BYTES),
                file.slice(start, length),
                start + length);
    }

    /** Whether a whole frame starts anywhere from the position on. */
    boolean anyFrameFrom(ByteBuffer file, int position) {
        for (int at = position; at <= file.limit() - FRAME_HEADER_BYTES; at++) {
            if (file.getInt(at) == FRAME_MAGIC && readFrame(file, at) != null) {
                return true;
            }
        }
        return false;
    }

    private int frameCrc(ByteBuffer file, int position, int length) {
        CRC32C crc = seeded();
        crc.update(file.slice(position, CRC_OFFSET_IN_FRAME));
        crc.update(file.slice(position + FRAME_HEADER_BYTES, length));
        return (int) crc.getValue();
    }

    private int crc(ByteBuffer bytes) {
        CRC32C crc = seeded();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private CRC32C seeded() {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(node.getMostSignificantBits())
                .putLong(node.getLeastSignificantBits())
                .flip());
        return crc;
    }
}
