package io.holdfast.engine.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import java.util.regex.Pattern;

/**
 * What operators have told a node to do, in a text file beside its log: one line each, durable before it is done. Two
 * files of a bounded length, the older one of which is dropped in the end. Thread-safe.
 */
public final class OperatorLog {
    private static final long MAX_BYTES = 10_000_000;
    /** Whatever may end a line somewhere. */
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

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
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long end = out.size();
            ByteBuffer bytes =
                    ByteBuffer.wrap(((isTorn(out, end) ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8));
            try {
                out.position(end);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            } catch (IOException failed) {
                takeBack(out, end, failed);
                throw failed;
            }
        }
    }

    /** A crash may have cut the last line off; what is appended to it would be read as its operator's. */
    private static boolean isTorn(FileChannel log, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return end > 0 && log.read(last, end - 1) == 1 && last.get(0) != '\n';
    }

    /** What is not done is not to be read as done. */
    private static void takeBack(FileChannel out, long end, IOException failed) {
        try {
            out.truncate(end);
        } catch (IOException stays) {
            failed.addSuppressed(stays);
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

    /** The text as it is noted, fit for any other line of a log: a blank in place of line breaks and other control characters. */
    public static String oneLine(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }

    /**
     * The last lines, the newest last: time, operator, action and reason, separated by tabs. One that a crash has cut off is among them as
     * it is.
     */
    public synchronized List<String> last(int count) {
        List<String> lines = new ArrayList<>();
        for (Path each : List.of(older, file)) {
            if (Files.exists(each)) {
                // Not Files.lines, which fails at a character that was cut off.
                try (BufferedReader all =
                        new BufferedReader(new InputStreamReader(Files.newInputStream(each), StandardCharsets.UTF_8))) {
                    all.lines().forEach(lines::add);
                } catch (IOException failed) {
                    throw new UncheckedIOException(each + " cannot be read: " + failed, failed);
                }
            }
        }
        return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
