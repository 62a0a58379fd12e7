package io.holdfast.scenarios;

import java.io.PrintStream;

/** Tells people what happens. Thread-safe as its stream is. */
public final class Narrator {
    private final PrintStream out;

    public Narrator(PrintStream out) {
        this.out = out;
    }

    public void title(String text) {
        out.println();
        out.println("=== " + text);
    }

    public void step(String text) {
        out.println("    " + text);
    }

    public void line(String text) {
        out.println(text);
    }
}
