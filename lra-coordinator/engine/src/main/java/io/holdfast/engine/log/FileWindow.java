package io.holdfast.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** A file as it is read from its beginning to its end: a part of it is in memory, however long it is. Confined. */
final class FileWindow implements AutoCloseable {
    static final int BYTES = 1 << 20;

    private final Disk.Reader file;
    private final long size;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long start;

    FileWindow(Disk.Reader file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    long size() {
        return size;
    }

    int getInt(long position) throws IOException {
        int offset = load(position, Integer.BYTES);
        return window.getInt(offset);
    }

    long getLong(long position) throws IOException {
        int offset = load(position, Long.BYTES);
        return window.getLong(offset);
    }

    /** The bytes there, which the file must have; valid until the next call. */
    ByteBuffer bytes(long position, int length) throws IOException {
        int offset = load(position, length);
        return window.slice(offset, length);
    }

    boolean isZeroFrom(long position) throws IOException {
        for (long at = position; at < size; at++) {
            if (window.get(load(at, 1)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** In parts, so that what is no frame needs no memory, whatever length it claims. */
    void addTo(CRC32C crc, long position, long length) throws IOException {
        long end = position + length;
        for (long at = position; at < end; at += BYTES) {
            crc.update(bytes(at, (int) Math.min(BYTES, end - at)));
        }
    }

    /** Where the position is in the window, which then has so many bytes from there on. */
    private int load(long position, int length) throws IOException {
        if (position < start || position + length > start + window.limit()) {
            int wanted = (int) Math.min(Math.max(length, BYTES), size - position);
            if (wanted > window.capacity() || window.capacity() > BYTES) {
                window = ByteBuffer.allocate(wanted);
            }
            window.clear().limit(wanted);
            start = position;
            file.read(position, window);
            window.flip();
        }
        return (int) (position - start);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
