package io.holdfast.interceptors.outbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The warnings of this module until it is closed. Thread-safe. */
public final class Logged extends Handler implements AutoCloseable {
    private final Logger log = Logger.getLogger("io.holdfast.interceptors");
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

    private Logged() {}

    public static Logged open() {
        Logged opened = new Logged();
        opened.log.addHandler(opened);
        return opened;
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().equals(Level.WARNING)) {
            warnings.add(entry.getMessage());
        }
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        log.removeHandler(this);
    }
}
