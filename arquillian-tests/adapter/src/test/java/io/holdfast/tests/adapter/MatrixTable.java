package io.holdfast.tests.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The cases of a kill matrix and what came of them, as a table in Markdown. Confined to one thread. */
final class MatrixTable {
    private final String server;
    private final Duration limit;
    private final List<String> rows = new ArrayList<>();

    MatrixTable(String server, Duration limit) {
        this.server = server;
        this.limit = limit;
    }

    void passed(String title, String outcome, Duration took) {
        add(String.format(Locale.ROOT, "| %s | %s | %.1f s | pass |", title, outcome, took.toMillis() / 1e3));
    }

    void failed(String title, String outcome, Throwable failure) {
        String why = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        add(String.format("| %s | %s | | **fail**: %s |", title, outcome, why.replace("|", "\\|")));
    }

    private void add(String row) {
        System.out.println(row);
        rows.add(row);
    }

    static String word(Set<String> outcome) {
        return outcome.equals(Entries.COMMITTED) ? "committed" : "rolled back";
    }

    /** Prints it and keeps it in that directory. */
    void publish(Path directory) {
        String text = server + ", at most " + limit.toSeconds() + " s allowed:\n\n"
                + "| server halted, or fault | everybody agrees on | after |  |\n|---|---|---:|---|\n"
                + String.join("\n", rows) + "\n";
        System.out.println("\n" + text);
        try {
            Files.writeString(directory.resolve("kill-matrix-" + server.toLowerCase(Locale.ROOT) + ".md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
