package io.holdfast.engine.simulation;

import io.holdfast.engine.log.Disk;
import io.holdfast.engine.log.LogUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A disk that forgets what was not forced when the machine stops, and may keep a part of the last write. Confined. */
public final class MemoryDisk implements Disk {
    /** Called before every operation that a crash could fall on. */
    public interface Fault {
        void at(String operation) throws IOException;
    }

    private static final class Content {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private int forced;
        private int forces;
    }

    private final Map<String, Content> files = new TreeMap<>();
    private Fault fault = operation -> {};
    private boolean locked;
    private boolean leavesZeros;
    private int forces;

    public void failWith(Fault newFault) {
        fault = newFault;
    }

    /** From now on a crash leaves zeros behind what was written to a file that was forced more than once. */
    public void leaveZeros() {
        leavesZeros = true;
    }

    /** How often something was forced. */
    public int forces() {
        return forces;
    }

    /** How many bytes all files have together. */
    public long size() {
        return files.values().stream()
                .mapToLong(content -> content.written.size())
                .sum();
    }

    /**
     * What a stop of the machine leaves: forced bytes for certain, of the rest a part that may be damaged, and zeros behind them when
     * that is wanted.
     */
    public void crash(RandomGenerator random) {
        locked = false;
        Map<String, Content> kept = new HashMap<>();
        files.forEach((name, content) -> {
            byte[] bytes = content.written.toByteArray();
            int unforced = bytes.length - content.forced;
            int length = content.forced + (unforced == 0 ? 0 : random.nextInt(unforced + 1));
            byte[] left = Arrays.copyOf(bytes, length);
            if (length > content.forced && random.nextBoolean()) {
                left[content.forced + random.nextInt(length - content.forced)] ^= 0x55;
            }
            Content after = new Content();
            after.written.writeBytes(left);
            if (leavesZeros && content.forces > 1 && random.nextBoolean()) {
                after.written.writeBytes(new byte[random.nextInt(100)]);
            }
            after.forced = after.written.size();
            if (content.forced > 0 || random.nextBoolean()) {
                kept.put(name, after);
            }
        });
        files.clear();
        files.putAll(kept);
    }

    /** The bytes of a file, for a test that damages them. */
    public byte[] bytes(String name) {
        return content(name).written.toByteArray();
    }

    public void replace(String name, byte[] bytes) {
        Content content = new Content();
        content.written.writeBytes(bytes);
        content.forced = bytes.length;
        files.put(name, content);
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public AutoCloseable lock() {
        if (locked) {
            throw new LogUnavailableException("in use", null);
        }
        locked = true;
        return () -> locked = false;
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public Reader read(String name) throws IOException {
        if (!files.containsKey(name)) {
            throw new NoSuchFileException(name);
        }
        byte[] bytes = bytes(name);
        return new Reader() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void read(long position, ByteBuffer into) {
                into.put(bytes, (int) position, into.remaining());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Appender create(String name) throws IOException {
        fault.at("create");
        if (files.containsKey(name)) {
            throw new IOException(name + " exists");
        }
        Content content = new Content();
        files.put(name, content);
        return new Appender() {
            @Override
            public void append(ByteBuffer bytes) throws IOException {
                fault.at("append");
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                content.written.writeBytes(copy);
            }

            @Override
            public void force() throws IOException {
                fault.at("force");
                content.forced = content.written.size();
                content.forces++;
                forces++;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        fault.at("truncate");
        replace(name, Arrays.copyOf(bytes(name), (int) length));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        fault.at("rename");
        Content content = content(from);
        files.remove(from);
        files.put(to, content);
    }

    @Override
    public void delete(String name) throws IOException {
        fault.at("delete");
        files.remove(name);
    }

    private Content content(String name) {
        Content content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException("No file " + name);
        }
        return content;
    }
}
