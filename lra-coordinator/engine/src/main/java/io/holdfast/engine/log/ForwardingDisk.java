package io.holdfast.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Passes everything on to another disk, for one that does something more at some of it. As thread-safe as that disk. */
public abstract class ForwardingDisk implements Disk {
    private final Disk disk;

    protected ForwardingDisk(Disk disk) {
        this.disk = disk;
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
    public Reader read(String name) throws IOException {
        return disk.read(name);
    }

    @Override
    public Appender create(String name) throws IOException {
        return disk.create(name);
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

    /** Passes everything on to another file. */
    public abstract static class ForwardingAppender implements Appender {
        private final Appender file;

        protected ForwardingAppender(Appender file) {
            this.file = file;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
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
    }
}
