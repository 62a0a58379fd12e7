package io.holdfast.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryDiskTest {
    @TempDir
    Path directory;

    @Test
    void a_second_node_is_refused_with_the_name_of_the_directory() throws Exception {
        try (AutoCloseable lock = new DirectoryDisk(directory).lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> new DirectoryDisk(directory).lock())
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("HFENG003")
                    .hasMessageContaining(directory.toString());
        }
        new DirectoryDisk(directory).lock().close();
    }

    @Test
    void a_directory_that_cannot_be_made_is_named() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertThatThrownBy(() -> new DirectoryDisk(file.resolve("log")).lock())
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("HFENG004")
                .hasMessageContaining(file.toString());
    }

    @Test
    void files_are_appended_listed_renamed_cut_and_deleted() throws IOException {
        DirectoryDisk disk = new DirectoryDisk(directory);
        try (Disk.Appender file = disk.create("b")) {
            file.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            file.force();
        }
        disk.create("a").close();
        assertThat(disk.list()).containsExactly("a", "b");
        disk.rename("b", "c");
        disk.truncate("c", 2);
        assertThat(disk.read("c")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        disk.delete("a");
        assertThat(disk.list()).containsExactly("c");
    }
}
