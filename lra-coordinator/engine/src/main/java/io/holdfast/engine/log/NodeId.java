package io.holdfast.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The name of a node, generated once and kept in its directory. */
record NodeId(UUID value) {
    private static final String TEMPORARY = FileNames.NODE_ID + ".tmp";

    static NodeId of(Disk disk, RandomGenerator random) throws IOException {
        if (disk.list().contains(FileNames.NODE_ID)) {
            String text = StandardCharsets.US_ASCII
                    .decode(disk.read(FileNames.NODE_ID))
                    .toString();
            try {
                return new NodeId(UUID.fromString(text.strip()));
            } catch (IllegalArgumentException damaged) {
                throw new LogUnavailableException(
                        "The file " + FileNames.NODE_ID + " in " + disk.describe() + " holds no node id", damaged);
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

    @Override
    public String toString() {
        return value.toString();
    }
}
