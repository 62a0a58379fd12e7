package io.holdfast.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void a_path_that_is_a_file_is_named() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");
        assertThatThrownBy(() -> new DirectoryDisk(file).lock())
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("HFENG004")
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("not a directory");
    }

    /** Whoever runs as root may write everywhere. */
    @Test
    void a_directory_that_may_not_be_written_is_named() {
        assumeTrue(directory.toFile().setWritable(false) && !Files.isWritable(directory));
        for (Path log : List.of(directory, directory.resolve("log"))) {
            assertThatThrownBy(() -> new DirectoryDisk(log).lock())
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("HFENG004")
                    .hasMessageContaining(log.toString());
        }
    }

    @Test
    void a_directory_that_another_process_uses_is_refused() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LockHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader told = other.inputReader()) {
            assertThat(told.readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> new DirectoryDisk(directory).lock())
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("HFENG003")
                    .hasMessageContaining(directory.toString());
        } finally {
            other.destroyForcibly().waitFor();
        }
        new DirectoryDisk(directory).lock().close();
    }

    /** Another process that uses a directory until it is killed. */
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] arguments) throws IOException {
            AutoCloseable lock = new DirectoryDisk(Path.of(arguments[0])).lock();
            System.out.println("locked");
            if (System.in.read() < 0) {
                throw new IllegalStateException("Nobody wants " + lock);
            }
        }
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
