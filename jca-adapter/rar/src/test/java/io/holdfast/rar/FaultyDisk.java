package io.holdfast.rar;

import io.holdfast.engine.log.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A disk whose writes do something else when its switch says so. */
final class FaultyDisk implements Disk {
    private final Disk disk;
    private final Switch fault;

    /** Says what a write does. Thread-safe. */
    static final class Switch {
        private boolean failing;
        private int writesUntilHalt = -1;

        synchronized void failFromNowOn() {
            failing = true;
        }

        /** Halts this JVM before the given write from now on, counted from 1. */
        synchronized void haltBeforeWrite(int number) {
            writesUntilHalt = number;
        }

        private synchronized void beforeWrite() throws IOException {
            if (failing) {
                throw new IOException("The disk is broken, as told");
            }
            if (writesUntilHalt > 0 && --writesUntilHalt == 0) {
                Runtime.getRuntime().halt(CrashTest.HALTED);
            }
        }
    }

    FaultyDisk(Disk disk, Switch fault) {
        this.disk = disk;
        this.fault = fault;
    }

    @Override
    public String describe() {
        return disk.describe();
    }

    @Override
    public AutoCloseable lock() {
        return disk.lock();
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list();
    }

    @Override
    public ByteBuffer read(String name) throws IOException {
        return disk.read(name);
    }

    @Override
    public Appender create(String name) throws IOException {
        Appender file = disk.create(name);
        return new Appender() {
            @Override
            public void append(ByteBuffer bytes) throws IOException {
                fault.beforeWrite();
                file.append(bytes);
            }

            @Override
            public void force() throws IOException {
                file.force();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        disk.truncate(name, length);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }
}
