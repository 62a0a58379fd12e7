package io.holdfast.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The directory that a log lives in, as far as the log needs it. One node uses it at a time, which {@link #lock} ensures. Names are
 * plain file names.
 */
public interface Disk {
    /** What a person calls the directory, for messages. */
    String describe();

    /**
     * Makes this node the only user of the directory until the lock is closed or the process ends; creates the directory if it is
     * not there.
     *
     * @throws LogUnavailableException if another node uses it, or it cannot be written; the message names it
     */
    AutoCloseable lock();

    /** The names of all files, in alphabetical order. */
    List<String> list() throws IOException;

    /** Opens a file that nobody appends to, to read it. */
    Reader read(String name) throws IOException;

    /** A new empty file, open for appending. Fails if it exists. */
    Appender create(String name) throws IOException;

    /** Cuts the file to the given length, durably. */
    void truncate(String name, long length) throws IOException;

    /** Replaces {@code to} by {@code from} at once, durably. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /** A file that is being read. Confined to one thread at a time. */
    interface Reader extends AutoCloseable {
        /** How many bytes it has. */
        long size() throws IOException;

        /** Fills the buffer with the bytes from the position on; fails if the file ends before. */
        void read(long position, ByteBuffer into) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * A file that is being written. Confined to one thread at a time. After a crash it may have any number of zeros behind what was
     * appended.
     */
    interface Appender extends AutoCloseable {
        /** Writes all of it, not yet durably. */
        void append(ByteBuffer bytes) throws IOException;

        /** On return everything appended so far, and the file's existence, survives a power cut. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
