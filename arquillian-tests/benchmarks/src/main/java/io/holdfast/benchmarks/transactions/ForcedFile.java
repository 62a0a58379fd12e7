package io.holdfast.benchmarks.transactions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The least that a log has to do: append, and wait until that is on the disk; one thread forces for all that wait. Thread-safe. */
final class ForcedFile {
    private static final int RECORD = 256;

    private final FileChannel file;
    private final ByteBuffer record = ByteBuffer.allocateDirect(RECORD);
    private long written;
    private long durable;
    private boolean forcing;

    ForcedFile(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    void append() throws IOException, InterruptedException {
        long mine;
        synchronized (this) {
            record.clear();
            file.write(record);
            mine = ++written;
        }
        while (!isDurable(mine)) {
            force();
        }
    }

    /** Waits while another thread forces; false when that is left to the caller. */
    private synchronized boolean isDurable(long number) throws InterruptedException {
        while (forcing && durable < number) {
            wait();
        }
        forcing = forcing || durable < number;
        return durable >= number;
    }

    private void force() throws IOException {
        long covered;
        synchronized (this) {
            covered = written;
        }
        try {
            file.force(false);
        } finally {
            synchronized (this) {
                durable = Math.max(durable, covered);
                forcing = false;
                notifyAll();
            }
        }
    }
}
