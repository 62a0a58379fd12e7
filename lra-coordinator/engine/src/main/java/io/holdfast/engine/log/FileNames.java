package io.holdfast.engine.log;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the log's files. A checkpoint's number is that of the first segment to be read after it. */
final class FileNames {
    static final String NODE_ID = "node-id";

    private static final Pattern FORM = Pattern.compile("(segment|checkpoint)-(\\d{16})\\.(log|tmp)");

    private FileNames() {}

    static String segment(long number) {
        return String.format(Locale.ROOT, "segment-%016d.log", number);
    }

    static String checkpoint(long number) {
        return String.format(Locale.ROOT, "checkpoint-%016d.log", number);
    }

    static String temporary(long number) {
        return String.format(Locale.ROOT, "checkpoint-%016d.tmp", number);
    }

    static boolean isSegment(String name) {
        return is(name, "segment", "log");
    }

    static boolean isCheckpoint(String name) {
        return is(name, "checkpoint", "log");
    }

    static boolean isTemporary(String name) {
        return name.endsWith(".tmp");
    }

    /** Whether it is a segment or a checkpoint that a checkpoint with this number makes superfluous. */
    static boolean isBefore(String name, long number) {
        return (isSegment(name) || isCheckpoint(name)) && number(name) < number;
    }

    static long number(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a file of the log: " + name);
        }
        return Long.parseLong(matcher.group(2));
    }

    private static boolean is(String name, String kind, String suffix) {
        Matcher matcher = FORM.matcher(name);
        return matcher.matches() && kind.equals(matcher.group(1)) && suffix.equals(matcher.group(3));
    }
}
