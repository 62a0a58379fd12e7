package io.holdfast.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The form of the log's files: a header, then frames, then perhaps zeros. A frame is written and forced as one, so that only the last
 * can be torn.
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

    /**
     * What a file says about itself.
     *
     * @param firstSequence of the units in a segment, and of those in the segments behind a checkpoint; 0 in a checkpoint of the first
     *     releases, which did not tell it
     */
    record Header(int format, long number, long firstSequence) {}

    /** A frame at a position; its payload is valid until the file is read on. */
    record Frame(long firstSequence, int units, ByteBuffer payload, long end) {}

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
        bytes.putInt(CRC_OFFSET_IN_FRAME, frameCrc(bytes));
        return bytes;
    }

    /** The header, which every format has in this form, or null when there is none that is whole and ours. */
    @Nullable
    Header readHeader(FileWindow file) throws IOException {
        if (file.size() < HEADER_BYTES || file.getLong(0) != FILE_MAGIC) {
            return null;
        }
        ByteBuffer header = file.bytes(0, HEADER_BYTES);
        if (crc(header.slice(0, CRC_OFFSET_IN_HEADER)) != header.getInt(CRC_OFFSET_IN_HEADER)) {
            return null;
        }
        return new Header(
                header.getInt(Long.BYTES),
                header.getLong(Long.BYTES + Integer.BYTES),
                header.getLong(2 * Long.BYTES + Integer.BYTES));
    }

    /** The frame at the position, or null when there is none that is whole and undamaged. */
    @Nullable
    Frame readFrame(FileWindow file, long position) throws IOException {
        if (file.size() - position < FRAME_HEADER_BYTES || file.getInt(position) != FRAME_MAGIC) {
            return null;
        }
        ByteBuffer header = file.bytes(position, FRAME_HEADER_BYTES);
        int length = header.getInt(Integer.BYTES);
        long firstSequence = header.getLong(2 * Integer.BYTES);
        int units = header.getInt(2 * Integer.BYTES + Long.BYTES);
        int expectedCrc = header.getInt(CRC_OFFSET_IN_FRAME);
        long start = position + FRAME_HEADER_BYTES;
        if (length < 0 || length > file.size() - start) {
            return null;
        }
        CRC32C crc = seeded();
        crc.update(header.slice(0, CRC_OFFSET_IN_FRAME));
        file.addTo(crc, start, length);
        return (int) crc.getValue() == expectedCrc
                ? new Frame(firstSequence, units, file.bytes(start, length), start + length)
                : null;
    }

    /** Whether a whole frame starts anywhere from the position on. */
    boolean anyFrameFrom(FileWindow file, long position) throws IOException {
        for (long at = position; at <= file.size() - FRAME_HEADER_BYTES; at++) {
            if (file.getInt(at) == FRAME_MAGIC && readFrame(file, at) != null) {
                return true;
            }
        }
        return false;
    }

    private int frameCrc(ByteBuffer frame) {
        CRC32C crc = seeded();
        crc.update(frame.slice(0, CRC_OFFSET_IN_FRAME));
        crc.update(frame.slice(FRAME_HEADER_BYTES, frame.limit() - FRAME_HEADER_BYTES));
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
