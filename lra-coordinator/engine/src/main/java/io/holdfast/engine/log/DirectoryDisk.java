package io.holdfast.engine.log;

import io.holdfast.engine.message.EngineMessage;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A directory of the file system. Thread-safe. */
public final class DirectoryDisk implements Disk {
    private static final long GROWTH_BYTES = 1 << 20;

    private final Path directory;

    public DirectoryDisk(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public String describe() {
        return directory.toString();
    }

    @Override
    public AutoCloseable lock() {
        try {
            createDirectory();
            return DirectoryLock.take(directory);
        } catch (IOException | SecurityException notWritable) {
            throw new LogUnavailableException(
                    EngineMessage.LOG_NOT_WRITABLE.text(directory, notWritable.toString()), notWritable);
        }
    }

    /** Durably, together with those around it that were not there. */
    private void createDirectory() throws IOException {
        Deque<Path> grown = new ArrayDeque<>();
        for (Path path = directory; path != null && !Files.isDirectory(path); path = path.getParent()) {
            grown.push(path);
        }
        Files.createDirectories(directory);
        for (Path path : grown) {
            force(Objects.requireNonNull(path.getParent(), "The root is always there"));
        }
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !DirectoryLock.FILES.contains(name))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public Reader read(String name) throws IOException {
        return new FileReader(name, FileChannel.open(directory.resolve(name), StandardOpenOption.READ));
    }

    @Override
    public Appender create(String name) throws IOException {
        Path path = directory.resolve(name);
        Files.createFile(path);
        return new FileAppender(path);
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                directory.resolve(from),
                directory.resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        forceDirectory();
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    private void forceDirectory() throws IOException {
        force(directory);
    }

    private static void force(Path directory) throws IOException {
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Not mapped, since a mapped file stays on the disk until a collection after its deletion. */
    private static final class FileReader implements Reader {
        /** The JDK keeps a buffer of its own of the size of the largest read of each thread. */
        private static final int LARGEST_READ_BYTES = 1 << 20;

        private final String name;
        private final FileChannel channel;

        FileReader(String name, FileChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            long from = position;
            int end = into.limit();
            while (into.position() < end) {
                into.limit(Math.min(end, into.position() + LARGEST_READ_BYTES));
                int read = channel.read(into, from);
                if (read < 0) {
                    throw new EOFException(name + " ends at " + from + ", not at " + (from + end - into.position()));
                }
                from += read;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /**
     * Forces the directory together with the first force of a new file, which else might vanish in a power cut. A file that grows on
     * after it was forced will be forced often: it is made longer ahead of what is written, since a force that need not store a new
     * length is cheaper. Until it is closed, or for ever after a crash, zeros follow what was written.
     */
    private final class FileAppender implements Appender {
        /** A file channel would be closed by the interrupt of a thread that writes, and threads of applications do, who are interrupted. */
        private final RandomAccessFile file;
        /** The same file; this is the JDK's only way to force what was written alone that no interrupt breaks off. */
        private final AsynchronousFileChannel forcing;

        private boolean listed;
        private long written;
        private long length;

        FileAppender(Path path) throws IOException {
            file = new RandomAccessFile(path.toFile(), "rw");
            try {
                forcing = AsynchronousFileChannel.open(path, StandardOpenOption.WRITE);
            } catch (IOException | RuntimeException failure) {
                try (file) {
                    throw failure;
                }
            }
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            byte[] content = new byte[bytes.remaining()];
            bytes.get(content);
            long end = written + content.length;
            if (listed && end > length) {
                length = end + GROWTH_BYTES;
                file.setLength(length);
            }
            file.seek(written);
            file.write(content);
            written = end;
        }

        @Override
        public void force() throws IOException {
            forcing.force(false);
            if (!listed) {
                forceDirectory();
                listed = true;
            }
        }

        @Override
        public void close() throws IOException {
            try (file;
                    forcing) {
                if (length > written) {
                    file.setLength(written);
                }
            }
        }
    }
}
