package io.holdfast.engine.log;

import io.holdfast.engine.message.EngineMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The name of a node, generated once and kept in its directory. */
record NodeId(UUID value) {
    /** More than an id has. */
    private static final int MAX_BYTES = 64;

    private static final String TEMPORARY = FileNames.NODE_ID + ".tmp";

    static NodeId of(Disk disk, RandomGenerator random) throws IOException {
        List<String> names = disk.list();
        if (names.contains(FileNames.NODE_ID)) {
            String text = read(disk);
            try {
                return new NodeId(UUID.fromString(text.strip()));
            } catch (IllegalArgumentException damaged) {
                throw new LogUnavailableException(
                        "The file " + FileNames.NODE_ID + " in " + disk.describe() + " holds no node id", damaged);
            }
        }
        for (String name : names) {
            if (FileNames.isSegment(name) || FileNames.isCheckpoint(name)) {
                throw new LogDamagedException(EngineMessage.LOG_INCOMPLETE.text(
                        disk.describe(), FileNames.NODE_ID + ", without which " + name + " cannot be read"));
            }
        }
        NodeId generated = new NodeId(new UUID(random.nextLong(), random.nextLong()));
        disk.delete(TEMPORARY);
        try (Disk.Appender file = disk.create(TEMPORARY)) {
            file.append(ByteBuffer.wrap(generated.toString().getBytes(StandardCharsets.US_ASCII)));
            file.force();
        }
        disk.rename(TEMPORARY, FileNames.NODE_ID);
        return generated;
    }

    private static String read(Disk disk) throws IOException {
        try (Disk.Reader file = disk.read(FileNames.NODE_ID)) {
            ByteBuffer text = ByteBuffer.allocate((int) Math.min(file.size(), MAX_BYTES));
            file.read(0, text);
            return StandardCharsets.US_ASCII.decode(text.flip()).toString();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
