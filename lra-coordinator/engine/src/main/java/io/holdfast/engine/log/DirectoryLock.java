package io.holdfast.engine.log;

import io.holdfast.engine.message.EngineMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every other node out of a directory, also one of the same process and of another class loader. Who is refused is told who has
 * it.
 */
final class DirectoryLock implements AutoCloseable {
    /** Not part of the log. */
    static final Set<String> FILES = Set.of("lock", "holder");

    private static final String HELD = "io.holdfast.directory.";

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * @param directory which must exist
     * @throws LogUnavailableException if somebody else has it
     */
    static DirectoryLock take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        // A system property, which all class loaders see: where a process opens a locked file once more and closes it
        // again, it loses
        // the lock on it.
        if (System.getProperties().putIfAbsent(HELD + real, "") != null) {
            throw inUse(directory, null);
        }
        boolean taken = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(directory, null);
            }
            Files.writeString(
                    real.resolve("holder"), "process " + ProcessHandle.current().pid() + " on " + host());
            taken = true;
            return new DirectoryLock(real, channel);
        } catch (OverlappingFileLockException held) {
            throw inUse(directory, held);
        } finally {
            if (!taken) {
                System.getProperties().remove(HELD + real);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static LogUnavailableException inUse(Path directory, @Nullable Exception cause) {
        String node = textOf(directory.resolve(FileNames.NODE_ID));
        String holder = textOf(directory.resolve("holder"));
        String who = (node.isEmpty() ? "another node" : "node " + node) + (holder.isEmpty() ? "" : ", " + holder);
        return new LogUnavailableException(EngineMessage.LOG_IN_USE.text(directory, who), cause);
    }

    /** Empty when it is not there yet. */
    private static String textOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException notYet) {
            return "";
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "a host without a name";
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            System.getProperties().remove(HELD + directory);
        }
    }
}
