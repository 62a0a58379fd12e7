package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs an adapter in a JVM of its own, halts it in the middle of prepare and opens its log again. */
class CrashTest {
    static final int HALTED = 77;
    private static final String AFTER_PREPARE = "after-prepare";
    private static final String AFTER_END = "after-end";
    private static final String BEFORE_WRITE = "before-write-";
    private static final int PATIENCE_SECONDS = 60;

    private final FakeCoordinator coordinator = new FakeCoordinator();

    @AfterEach
    void close() {
        coordinator.close();
    }

    @Test
    void a_branch_that_was_prepared_when_the_server_crashed_is_recovered_and_committed(@TempDir Path directory)
            throws Exception {
        runUntilHalted(directory, AFTER_PREPARE);
        URI lra = onlyLra();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid(1));
            assertThat(coordinator.status(lra)).isEqualTo("Active");
            adapter.resource().commit(xid(1), false);
            coordinator.awaitStatus(lra, "Closed");
        }
    }

    /** The first write of prepare is its beginning, the second the vote, which makes the branch prepared. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_branch_whose_vote_was_not_written_when_the_server_crashed_is_cancelled(int write, @TempDir Path directory)
            throws Exception {
        runUntilHalted(directory, BEFORE_WRITE + write);
        URI lra = onlyLra();
        assertThat(coordinator.isHeld(lra)).isEqualTo(write == 2);

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
            coordinator.awaitStatus(lra, "Cancelled");
        }
    }

    @Test
    void an_lra_that_was_not_forgotten_when_the_server_crashed_is_forgotten(@TempDir Path directory) throws Exception {
        coordinator.answer("forget", 503, "");
        runUntilHalted(directory, AFTER_END);
        URI lra = onlyLra();
        assertThat(coordinator.status(lra)).isEqualTo("Closed");
        coordinator.behave();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            coordinator.awaitForgotten(lra);
            adapter.awaitEmptyLog();
        }
    }

    @Test
    void an_empty_lra_that_prepare_had_closed_when_the_server_crashed_is_no_failure(@TempDir Path directory)
            throws Exception {
        coordinator.withParticipants(0);
        coordinator.answer("forget", 503, "");
        runUntilHalted(directory, BEFORE_WRITE + 2);
        URI lra = onlyLra();
        assertThat(coordinator.status(lra)).isEqualTo("Closed");
        coordinator.behave();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            coordinator.awaitForgotten(lra);
            adapter.awaitEmptyLog();
        }
    }

    private URI onlyLra() {
        assertThat(coordinator.lras()).hasSize(1);
        return URI.create(coordinator.url() + "/lra-0");
    }

    private void runUntilHalted(Path directory, String when) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        classPath,
                        CrashTest.class.getName(),
                        directory.toString(),
                        coordinator.url(),
                        when)
                .inheritIO()
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(HALTED);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The adapter that is halted: directory, address of the coordinator, when to halt. */
    public static void main(String[] arguments) throws XAException {
        AdapterSettings settings = settings(Path.of(arguments[0]), arguments[1], 5000, 0);
        String when = arguments[2];
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        TestAdapter adapter = TestAdapter.open(settings, disk -> new FaultyDisk(disk, fault));
        adapter.work(xid(1));
        adapter.branches.engine().list(tx -> true, 1).join();
        if (when.startsWith(BEFORE_WRITE)) {
            fault.haltBeforeWrite(Integer.parseInt(when.substring(BEFORE_WRITE.length())));
        }
        int vote = adapter.resource().prepare(xid(1));
        if (when.equals(AFTER_END)) {
            var branch = adapter.branches.engine().list(tx -> true, 1).join().get(0);
            adapter.resource().commit(xid(1), false);
            adapter.branches.engine().ended(branch.id()).join();
            Runtime.getRuntime().halt(HALTED);
        }
        Runtime.getRuntime().halt(vote == XAResource.XA_OK && when.equals(AFTER_PREPARE) ? HALTED : 1);
    }
}
