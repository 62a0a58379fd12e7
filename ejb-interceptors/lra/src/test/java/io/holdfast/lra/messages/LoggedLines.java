package io.holdfast.lra.messages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged from its making to its end. */
public final class LoggedLines extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.holdfast.lra");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public LoggedLines() {
        logger.addHandler(this);
    }

    /** The numbers that the lines begin with, in order. */
    public List<String> numbers() {
        return lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
