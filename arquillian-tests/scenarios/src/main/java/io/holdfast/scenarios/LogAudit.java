package io.holdfast.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Compares the warnings and errors of a server's log with the list of those that are expected. Immutable. */
public final class LogAudit {
    /** The committed list. */
    public static final String EXPECTED = "expected-log-messages.txt";

    private static final String SEPARATOR = " -- ";
    /** Ends Payara's first line when the message is in the next. */
    private static final String OPEN = "[[";
    /**
     * WildFly's file format: date time,millis LEVEL [category] (thread) message; and Payara's: [time] [Payara version] [LEVEL] [id]
     * [category] and more, with the message in the next line.
     */
    private static final Pattern COMPLAINT =
            Pattern.compile("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} (WARN|ERROR|FATAL) .*"
                    + "|^\\[[^]]*] \\[Payara[^]]*] \\[(WARNING|SEVERE|ALERT|EMERGENCY)] .*");

    private final List<Pattern> expected;

    private LogAudit(List<Pattern> expected) {
        this.expected = List.copyOf(expected);
    }

    /** With the committed list. */
    public static LogAudit withCommittedList() {
        try (InputStream list = LogAudit.class.getResourceAsStream("/" + EXPECTED)) {
            if (list == null) {
                throw new IllegalStateException(EXPECTED + " is not on the class path");
            }
            return of(new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * With a list of lines {@code pattern -- reason}; empty lines and those that begin with # say nothing.
     *
     * @throws IllegalArgumentException when a line gives no reason
     */
    public static LogAudit of(List<String> lines) {
        List<Pattern> expected = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int separator = line.indexOf(SEPARATOR);
            if (separator < 1 || line.substring(separator + SEPARATOR.length()).isBlank()) {
                throw new IllegalArgumentException("expected 'pattern -- reason', found: " + line);
            }
            expected.add(Pattern.compile(line.substring(0, separator)));
        }
        return new LogAudit(expected);
    }

    /** The warnings and errors that nobody expected, as they stand in the log; Payara's two lines as one. */
    public List<String> unexpected(Stream<String> log) {
        List<String> lines = log.toList();
        return IntStream.range(0, lines.size())
                .filter(line -> COMPLAINT.matcher(lines.get(line)).matches())
                .mapToObj(line -> whole(lines, line))
                .filter(complaint -> expected.stream()
                        .noneMatch(pattern -> pattern.matcher(complaint).find()))
                .toList();
    }

    /** With the first line of the message that is not empty; that of an exception without a message is. */
    private static String whole(List<String> lines, int line) {
        String first = lines.get(line);
        return first.endsWith(OPEN)
                ? lines.stream()
                        .skip(line + 1L)
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .map(text -> first + " " + text)
                        .orElse(first)
                : first;
    }

    public List<String> unexpected(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return unexpected(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
