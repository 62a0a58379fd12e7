package io.holdfast.engine.crash;

import io.holdfast.engine.log.Disk;
import io.holdfast.engine.log.WrittenEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A directory whose every change is a step at which the JVM may be halted. */
final class HaltingDisk implements Disk {
    private final Disk disk;
    private final Halt halt;

    HaltingDisk(Disk disk, Halt halt) {
        this.disk = disk;
        this.halt = halt;
    }

    private static String kind(String file) {
        return file.replaceAll("-[0-9]+", "");
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
        halt.at("before the creation of " + kind(name));
        Appender file = disk.create(name);
        halt.at("after the creation of " + kind(name));
        return new HaltingAppender(kind(name), file);
    }

    @Override
    public void truncate(String name, long length) throws IOException {
        disk.truncate(name, length);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        halt.at("before the renaming of " + kind(from));
        disk.rename(from, to);
        halt.at("after the renaming of " + kind(from));
    }

    @Override
    public void delete(String name) throws IOException {
        halt.at("before the deletion of " + kind(name));
        disk.delete(name);
        halt.at("after the deletion of " + kind(name));
    }

    private final class HaltingAppender implements Appender {
        private final String file;
        private final Appender appender;
        private final Set<String> unforced = new TreeSet<>();

        HaltingAppender(String file, Appender appender) {
            this.file = file;
            this.appender = appender;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            Set<String> written = what(bytes);
            written.forEach(what -> halt.at("before the write of " + what));
            int half = bytes.limit() / 2;
            appender.append(bytes.slice(0, half));
            halt.at("in the middle of a write to " + file);
            appender.append(bytes.slice(half, bytes.limit() - half));
            written.forEach(what -> halt.at("after the write of " + what));
            unforced.addAll(written);
        }

        private Set<String> what(ByteBuffer bytes) {
            Set<String> events = file.equals("segment.log") ? WrittenEvents.kinds(bytes) : Set.of();
            return events.isEmpty() ? Set.of(file) : events;
        }

        @Override
        public void force() throws IOException {
            appender.force();
            unforced.forEach(what -> halt.at("after the force of " + what));
            unforced.clear();
        }

        @Override
        public void close() throws IOException {
            appender.close();
        }
    }
}
