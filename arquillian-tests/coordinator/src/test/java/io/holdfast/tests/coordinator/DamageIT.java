package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.scenarios.JsonHttp.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a damaged, foreign or full log directory does to the deployment: a numbered message that names it, and nothing is lost. */
@ExtendWith(WithCoordinator.class)
class DamageIT {
    private static final int FORMAT_OFFSET = 8;
    private static final int NODE_OFFSET = 28;
    private static final int CHECKSUM_OFFSET = 44;
    private static final int FIRST_PAYLOAD_BYTE = 48 + 24;

    private final CoordinatorServer server;
    private final LraCalls calls;
    private final Participants participants = new Participants();
    private final Path log;
    private final Path aside;
    private String lra = "";

    DamageIT(CoordinatorServer server) {
        this.server = server;
        this.calls = new LraCalls(server);
        this.log = server.logDirectory();
        this.aside = log.resolveSibling("aside");
    }

    @BeforeEach
    void startAnLra() {
        lra = calls.start("");
        calls.join(lra, participants.link("p"));
    }

    @AfterEach
    void endIt() {
        calls.put(lra + "/close");
        calls.awaitStatus(lra, "Closed");
        assertThat(participants.wordsTo("p")).containsExactly("complete");
        participants.close();
    }

    @Test
    void a_log_directory_that_is_a_file_stops_the_deployment_by_name() throws IOException {
        server.control().undeploy(CoordinatorServer.ARCHIVE);
        Files.move(log, aside);
        Files.writeString(log, "not a directory");
        assertStartFails("HFLRA003", "HFENG004", log.toString());
        Files.delete(log);
        Files.move(aside, log);
        server.redeploy();
        assertThat(calls.status(lra)).isEqualTo("Active");
    }

    @Test
    void a_damaged_middle_stops_the_deployment_and_loses_nothing_behind_it() throws IOException {
        assertDamageIsFound("HFENG005", bytes -> bytes[FIRST_PAYLOAD_BYTE + 5] ^= 0x55);
    }

    @Test
    void a_log_of_a_newer_format_stops_the_deployment() throws IOException {
        assertDamageIsFound("HFENG006", DamageIT::makeNewer);
    }

    /** Its header is whole, checksum and all. */
    private static void makeNewer(byte[] file) {
        ByteBuffer header = ByteBuffer.wrap(file);
        header.putInt(FORMAT_OFFSET, 7);
        CRC32C checksum = new CRC32C();
        checksum.update(file, NODE_OFFSET, CHECKSUM_OFFSET - NODE_OFFSET);
        checksum.update(file, 0, CHECKSUM_OFFSET);
        header.putInt(CHECKSUM_OFFSET, (int) checksum.getValue());
    }

    private void assertDamageIsFound(String message, Consumer<byte[]> damage) throws IOException {
        server.control().undeploy(CoordinatorServer.ARCHIVE);
        Path segment = lastSegment();
        byte[] whole = Files.readAllBytes(segment);
        byte[] damaged = whole.clone();
        damage.accept(damaged);
        Files.write(segment, damaged);
        assertStartFails("HFLRA003", message, String.valueOf(segment.getFileName()), log.toString());
        assertThat(Files.readAllBytes(segment)).isEqualTo(damaged);
        Files.write(segment, whole);
        server.redeploy();
        assertThat(calls.status(lra)).isEqualTo("Active");
    }

    private void assertStartFails(String... named) throws IOException {
        long already = server.control().log().toFile().length();
        assertThatThrownBy(() -> server.control().deploy(CoordinatorServer.ARCHIVE))
                .isInstanceOf(IllegalStateException.class);
        String logged = Files.readString(server.control().log()).substring((int) already);
        assertThat(logged).contains(named);
        assertThat(calls.get("").status()).isEqualTo(404);
        server.control().undeploy(CoordinatorServer.ARCHIVE);
    }

    /** The one that holds what was written last. */
    private Path lastSegment() throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("segment-"))
                    .filter(file -> file.toFile().length() > FIRST_PAYLOAD_BYTE)
                    .sorted()
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
        }
    }

    @Test
    void a_full_disk_is_answered_503_and_loses_nothing_that_was_acknowledged() throws IOException {
        server.control().undeploy(CoordinatorServer.ARCHIVE);
        Files.move(log, aside);
        Files.createDirectory(log);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", log.toString());
        try {
            if (mounted) {
                fillTheDisk();
            }
        } finally {
            server.control().undeploy(CoordinatorServer.ARCHIVE);
            if (mounted) {
                // The engine maps files into its memory, which keeps them busy until the next collection.
                run("umount", "--lazy", log.toString());
            }
            Files.delete(log);
            Files.move(aside, log);
            server.redeploy();
        }
        assumeTrue(mounted, "SKIPPED: no file system can be mounted here, so the disk cannot be filled");
    }

    private void fillTheDisk() throws IOException {
        server.redeploy();
        String data = "x".repeat(60_000);
        List<String> acknowledged = new ArrayList<>();
        Answer answer = calls.get("");
        while (answer.isSuccess() && acknowledged.size() < 200) {
            answer = calls.post("/start?ClientID=full", Map.of());
            if (answer.isSuccess()) {
                String started = answer.body();
                answer = calls.send("PUT", started, Map.of("Link", participants.link("q")), data);
                if (answer.isSuccess()) {
                    acknowledged.add(started);
                }
            }
        }
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.body()).contains("HFENG002").contains(log.toString());
        assertThat(run("mount", "-o", "remount,size=64m", log.toString())).isTrue();
        server.control().undeploy(CoordinatorServer.ARCHIVE);
        server.redeploy();
        assertThat(acknowledged).hasSizeGreaterThan(10).allSatisfy(each -> {
            assertThat(calls.put(each + "/close").body()).isEqualTo("Closed");
        });
        assertThat(participants.wordsTo("q")).hasSize(acknowledged.size());
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
