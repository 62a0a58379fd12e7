package io.holdfast.rar;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the adapter logs while this is open. Thread-safe. */
final class LoggedMessages extends Handler implements AutoCloseable {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("io.holdfast.rar");

    LoggedMessages() {
        logger.addHandler(this);
    }

    List<String> of(AdapterMessage message) {
        return texts.stream().filter(text -> text.startsWith(message.id())).toList();
    }

    @Override
    public void publish(LogRecord record) {
        texts.add(record.getMessage());
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
