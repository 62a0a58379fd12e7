package io.holdfast.engine.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What operators have told a node to do, in a text file beside its log: one line each, durable before it is done. Two
 * files of a bounded length, the older one of which is dropped in the end. Thread-safe.
 */
public final class OperatorLog {
    private static final long MAX_BYTES = 10_000_000;

    private final Path file;
    private final Path older;

    /** @param directory the node's log directory, which exists when something is noted */
    public OperatorLog(Path directory) {
        this.file = directory.resolve("operators.txt");
        this.older = directory.resolve("operators-older.txt");
    }

    /** Where the lines are. */
    public Path file() {
        return file;
    }

    /**
     * Returns only when the line is durable.
     *
     * @throws UncheckedIOException if it could not be made durable; nothing may be done then
     */
    public synchronized void add(Instant at, String operator, String action, String reason) {
        String line = String.join("\t", at.toString(), oneLine(operator), oneLine(action), oneLine(reason)) + "\n";
        try {
            if (Files.exists(file) && Files.size(file) > MAX_BYTES) {
                Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
            }
            boolean isNew = !Files.exists(file);
            append(line);
            if (isNew) {
                forceDirectory();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(file + " cannot be written: " + failed, failed);
        }
    }

    private void append(String line) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    private void forceDirectory() throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** The last lines, the newest last: time, operator, action and reason, separated by tabs. */
    public synchronized List<String> last(int count) {
        List<String> lines = new ArrayList<>();
        for (Path each : List.of(older, file)) {
            if (Files.exists(each)) {
                try (Stream<String> all = Files.lines(each)) {
                    all.forEach(lines::add);
                } catch (IOException failed) {
                    throw new UncheckedIOException(each + " cannot be read: " + failed, failed);
                }
            }
        }
        return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
