package io.holdfast.engine.crash;

import io.holdfast.engine.log.Disk;
import io.holdfast.engine.log.ForwardingDisk;
import io.holdfast.engine.log.WrittenEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;

/** A directory whose every change is a step at which the JVM may be halted. */
final class HaltingDisk extends ForwardingDisk {
    private final Halt halt;

    HaltingDisk(Disk disk, Halt halt) {
        super(disk);
        this.halt = halt;
    }

    private static String kind(String file) {
        return file.replaceAll("-[0-9]+", "");
    }

    @Override
    public Appender create(String name) throws IOException {
        halt.at("before the creation of " + kind(name));
        Appender file = super.create(name);
        halt.at("after the creation of " + kind(name));
        return new HaltingAppender(kind(name), file);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        halt.at("before the renaming of " + kind(from));
        super.rename(from, to);
        halt.at("after the renaming of " + kind(from));
    }

    @Override
    public void delete(String name) throws IOException {
        halt.at("before the deletion of " + kind(name));
        super.delete(name);
        halt.at("after the deletion of " + kind(name));
    }

    private final class HaltingAppender extends ForwardingAppender {
        private final String file;
        private final Set<String> unforced = new TreeSet<>();

        HaltingAppender(String file, Appender appender) {
            super(appender);
            this.file = file;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            Set<String> written = what(bytes);
            written.forEach(what -> halt.at("before the write of " + what));
            int half = bytes.limit() / 2;
            super.append(bytes.slice(0, half));
            halt.at("in the middle of a write to " + file);
            super.append(bytes.slice(half, bytes.limit() - half));
            written.forEach(what -> halt.at("after the write of " + what));
            unforced.addAll(written);
        }

        private Set<String> what(ByteBuffer bytes) {
            Set<String> events = file.equals("segment.log") ? WrittenEvents.kinds(bytes) : Set.of();
            return events.isEmpty() ? Set.of(file) : events;
        }

        @Override
        public void force() throws IOException {
            super.force();
            unforced.forEach(what -> halt.at("after the force of " + what));
            unforced.clear();
        }
    }
}
