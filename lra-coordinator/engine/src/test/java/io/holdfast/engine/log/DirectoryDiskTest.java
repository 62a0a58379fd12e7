package io.holdfast.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

    /** Servers interrupt the threads of applications, and such a thread may be the one that writes for all. */
    @Test
    void a_thread_that_is_interrupted_writes_all_the_same() throws IOException {
        DirectoryDisk disk = new DirectoryDisk(directory);
        try (Disk.Appender file = disk.create("log")) {
            Thread.currentThread().interrupt();
            file.append(ByteBuffer.wrap(new byte[] {1, 2}));
            file.force();
            assertThat(Thread.interrupted()).isTrue();
            file.append(ByteBuffer.wrap(new byte[] {3}));
            file.force();
        }

        assertThat(directory.resolve("log")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void a_directory_that_another_process_uses_is_refused() throws Exception {
        Process other = start(LockHolder.class);
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

    @Test
    void who_is_refused_learns_who_has_the_directory() throws Exception {
        String node = "ab54a98c-eb1f-4d8d-8a5e-6f3e1a1b2c3d";
        Files.writeString(directory.resolve("node-id"), node);
        Process other = start(LockHolder.class);
        try (BufferedReader told = other.inputReader()) {
            assertThat(told.readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> new DirectoryDisk(directory).lock())
                    .hasMessageContaining("node " + node)
                    .hasMessageContaining("process " + other.pid());
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** A file that a process opens and closes once more is no longer locked by it on Linux. */
    @Test
    void a_second_node_of_the_same_process_does_not_let_others_in() throws Exception {
        try (AutoCloseable lock = new DirectoryDisk(directory).lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> new DirectoryDisk(directory).lock()).isInstanceOf(LogUnavailableException.class);
            Process other = start(LockHolder.class);
            try (BufferedReader told = other.inputReader()) {
                assertThat(told.readLine()).isNull();
                assertThat(other.waitFor()).isNotZero();
            } finally {
                other.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(Class<?> program) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        program.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
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
        assertThat(directory.resolve("c")).hasBinaryContent(new byte[] {1, 2});
        disk.delete("a");
        assertThat(disk.list()).containsExactly("c");
    }

    @Test
    void a_file_that_is_forced_again_and_again_is_made_longer_ahead_until_it_is_closed() throws IOException {
        byte[] some = new byte[700_000];
        Arrays.fill(some, (byte) 1);
        Path path = directory.resolve("a");
        try (Disk.Appender file = new DirectoryDisk(directory).create("a")) {
            file.append(ByteBuffer.wrap(some));
            file.force();
            assertThat(path).hasSize(some.length);
            for (int i = 2; i <= 4; i++) {
                file.append(ByteBuffer.wrap(some));
                file.force();
                byte[] content = Files.readAllBytes(path);
                assertThat(content.length).isGreaterThan(i * some.length);
                for (int at = 0; at < content.length; at++) {
                    assertThat(content[at] == 1).isEqualTo(at < i * some.length);
                }
            }
        }
        assertThat(path).hasSize(4L * some.length);
    }

    @Test
    void a_file_is_read_where_one_wants_and_not_beyond_its_end() throws IOException {
        byte[] bytes = new byte[3 << 20];
        new Random(1).nextBytes(bytes);
        Files.write(directory.resolve("a"), bytes);
        try (Disk.Reader file = new DirectoryDisk(directory).read("a")) {
            assertThat(file.size()).isEqualTo(bytes.length);
            ByteBuffer into = ByteBuffer.allocate(bytes.length - 5);
            file.read(5, into);
            assertThat(into.flip()).isEqualTo(ByteBuffer.wrap(bytes, 5, bytes.length - 5));
            assertThatThrownBy(() -> file.read(6, into.clear()))
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("a ends at " + bytes.length);
        }
    }

    /** A sparse one: beyond 2 GB, where an int would not do, is the beginning of a frame. */
    @Test
    void a_file_of_more_than_2_gb_is_read() throws IOException {
        long position = Integer.MAX_VALUE + 1_000L;
        try (FileChannel file = FileChannel.open(
                directory.resolve("large"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), position);
        }
        try (FileWindow window = new FileWindow(new DirectoryDisk(directory).read("large"))) {
            assertThat(window.size()).isEqualTo(position + Integer.BYTES);
            assertThat(window.getInt(position)).isEqualTo(0x01020304);
        }
    }

    @Test
    void the_space_of_a_file_that_was_read_is_free_when_it_is_deleted() throws IOException {
        DirectoryDisk disk = new DirectoryDisk(directory);
        Files.write(directory.resolve("a"), new byte[FileWindow.BYTES]);
        try (FileWindow window = new FileWindow(disk.read("a"))) {
            window.getInt(0);
        }
        disk.delete("a");
        assertThat(Path.of("/proc/self/maps"))
                .satisfiesAnyOf(
                        maps -> assertThat(maps).doesNotExist(),
                        maps -> assertThat(maps).content().doesNotContain(directory.toString()));
    }
}
