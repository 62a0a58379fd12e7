package io.holdfast.benchmarks.transactions;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordingStream;

/** Counts how often this JVM forces files below a directory. Thread-safe. */
final class Forces implements AutoCloseable {
    private final RecordingStream events = new RecordingStream();
    private final AtomicLong count = new AtomicLong();

    Forces(Path directory) {
        events.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
        events.onEvent("jdk.FileForce", event -> {
            String path = event.getString("path");
            if (path != null && path.startsWith(directory.toString())) {
                count.incrementAndGet();
            }
        });
        events.startAsync();
    }

    /** All until now; the stream is closed. */
    long stop() {
        events.close();
        return count.get();
    }

    @Override
    public void close() {
        events.close();
    }
}
