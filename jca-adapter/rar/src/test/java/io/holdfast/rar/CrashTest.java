package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static io.holdfast.rar.XaCodes.assertFailsWith;
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

/** Runs an adapter in a JVM of its own, halts it at some point of a branch's life and opens its log again. */
class CrashTest {
    static final int HALTED = 77;
    private static final int PATIENCE_SECONDS = 60;

    private final FakeCoordinator coordinator = new FakeCoordinator();

    @AfterEach
    void close() {
        coordinator.close();
    }

    @Test
    void a_branch_that_was_prepared_when_the_server_crashed_is_recovered_and_committed(@TempDir Path directory)
            throws Exception {
        runUntilHalted(directory, Point.AFTER_PREPARE);
        URI lra = onlyLra();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid(1));
            assertThat(coordinator.status(lra)).isEqualTo("Active");
            adapter.resource().commit(xid(1), false);
            coordinator.awaitStatus(lra, "Closed");
        }
    }

    @Test
    void a_branch_whose_vote_was_not_written_when_the_server_crashed_is_cancelled(@TempDir Path directory)
            throws Exception {
        runUntilHalted(directory, Point.IN_PREPARE, 1);
        URI lra = onlyLra();
        assertThat(coordinator.isHeld(lra)).isTrue();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
            coordinator.awaitStatus(lra, "Cancelled");
        }
    }

    @Test
    void an_lra_that_was_not_forgotten_when_the_server_crashed_is_forgotten(@TempDir Path directory) throws Exception {
        coordinator.answer("forget", 503, "");
        runUntilHalted(directory, Point.AFTER_END);
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
        runUntilHalted(directory, Point.IN_PREPARE, 1);
        URI lra = onlyLra();
        assertThat(coordinator.status(lra)).isEqualTo("Closed");
        coordinator.behave();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            coordinator.awaitForgotten(lra);
            adapter.awaitEmptyLog();
        }
    }

    @Test
    void an_lra_whose_id_was_not_written_when_the_server_crashed_is_found_by_its_token(@TempDir Path directory)
            throws Exception {
        runUntilHalted(directory, Point.AFTER_LRA);
        URI lra = onlyLra();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            coordinator.awaitForgotten(lra);
            assertThat(coordinator.status(lra)).isEqualTo("Cancelled");
            adapter.awaitEmptyLog();
        }
        assertThat(coordinator.calls("start")).isEqualTo(2);
        onlyLra();
    }

    @Test
    void an_lra_whose_start_was_not_answered_when_the_server_crashed_is_cancelled(@TempDir Path directory)
            throws Exception {
        coordinator.silence("start");
        Process process = start(directory, Point.AFTER_LRA, 0);
        try {
            coordinator.awaitCalls("start", 1);
        } finally {
            process.destroyForcibly().waitFor();
        }
        coordinator.behave();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            coordinator.awaitStatus(onlyLra(), "Cancelled");
            adapter.awaitEmptyLog();
        }
    }

    @Test
    void a_commit_that_was_not_written_when_the_server_crashed_was_told_to_nobody(@TempDir Path directory)
            throws Exception {
        runUntilHalted(directory, Point.IN_COMMIT, 1);
        URI lra = onlyLra();
        assertThat(coordinator.calls("close")).isZero();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid(1));
            adapter.resource().rollback(xid(1));
            coordinator.awaitStatus(lra, "Cancelled");
        }
    }

    @Test
    void a_commit_that_was_answered_when_the_server_crashed_is_delivered(@TempDir Path directory) throws Exception {
        coordinator.answer("close", 503, "");
        runUntilHalted(directory, Point.AFTER_COMMIT);
        URI lra = onlyLra();
        coordinator.behave();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
            coordinator.awaitStatus(lra, "Closed");
        }
    }

    /** The first write is the beginning of the vote, the second its end and the decision. */
    @Test
    void a_commit_in_one_phase_that_was_not_written_when_the_server_crashed_was_told_to_nobody(@TempDir Path directory)
            throws Exception {
        runUntilHalted(directory, Point.IN_ONE_PHASE, 2);
        URI lra = onlyLra();
        assertThat(coordinator.isHeld(lra)).isTrue();
        assertThat(coordinator.calls("close")).isZero();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            coordinator.awaitStatus(lra, "Cancelled");
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        }
    }

    @Test
    void a_refused_branch_is_not_recovered_and_its_lra_is_cancelled_after_the_crash(@TempDir Path directory)
            throws Exception {
        coordinator.answer("hold", 412, "");
        coordinator.answer("cancel", 503, "");
        runUntilHalted(directory, Point.AFTER_REFUSAL);
        coordinator.behave();

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
            coordinator.awaitStatus(onlyLra(), "Cancelled");
        }
    }

    @Test
    void what_a_person_decided_before_the_crash_is_told_to_the_transaction_manager_after_it(@TempDir Path directory)
            throws Exception {
        runUntilHalted(directory, Point.AFTER_PERSON);

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid(1));
            assertFailsWith(XAException.XA_HEURRB, () -> adapter.resource().commit(xid(1), false));
            coordinator.awaitStatus(onlyLra(), "Cancelled");
        }
    }

    @Test
    void a_hazard_that_was_told_before_the_crash_is_recovered_after_it(@TempDir Path directory) throws Exception {
        coordinator.answer("close", 200, "FailedToClose");
        runUntilHalted(directory, Point.AFTER_HAZARD);

        try (TestAdapter adapter = TestAdapter.open(settings(directory, coordinator))) {
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).containsExactly(xid(1));
            adapter.resource().forget(xid(1));
            assertThat(adapter.resource().recover(XAResource.TMSTARTRSCAN)).isEmpty();
        }
    }

    private URI onlyLra() {
        assertThat(coordinator.lras()).hasSize(1);
        return URI.create(coordinator.url() + "/lra-0");
    }

    private void runUntilHalted(Path directory, Point point) throws IOException, InterruptedException {
        runUntilHalted(directory, point, 0);
    }

    /** @param write before which write it halts, counted from 1; 0 after the point */
    private void runUntilHalted(Path directory, Point point, int write) throws IOException, InterruptedException {
        Process process = start(directory, point, write);
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(HALTED);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Path directory, Point point, int write) throws IOException {
        // The adapter under test first, which may be one with a broken rule.
        String adapter = Branches.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        String others = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String classPath = adapter + File.pathSeparator + others;
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new ProcessBuilder(
                        java,
                        "-cp",
                        classPath,
                        CrashTest.class.getName(),
                        directory.toString(),
                        coordinator.url(),
                        point.name(),
                        Integer.toString(write))
                .inheritIO()
                .start();
    }

    /** The adapter that is halted: directory, address of the coordinator, point and write. */
    public static void main(String[] arguments) throws XAException {
        Point point = Point.valueOf(arguments[2]);
        AdapterSettings settings = settings(Path.of(arguments[0]), arguments[1], 5000, point.waitMillis);
        FaultyDisk.Switch fault = new FaultyDisk.Switch();
        TestAdapter adapter = TestAdapter.open(settings, disk -> new FaultyDisk(disk, fault));
        adapter.work(xid(1));
        if (point != Point.AFTER_LRA) {
            adapter.branches.all(tx -> true);
            point.run(adapter, fault, Integer.parseInt(arguments[3]));
        }
        Runtime.getRuntime().halt(HALTED);
    }

    /** Where the adapter is halted; if it gets past that, the exit code is another. */
    private enum Point {
        /** The intent is durable, the id of the LRA is not. */
        AFTER_LRA,
        IN_PREPARE {
            @Override
            void run(TestAdapter adapter, FaultyDisk.Switch fault, int write) throws XAException {
                fault.haltBeforeWrite(write);
                adapter.resource().prepare(xid(1));
                Runtime.getRuntime().halt(1);
            }
        },
        AFTER_PREPARE,
        AFTER_REFUSAL {
            @Override
            void run(TestAdapter adapter, FaultyDisk.Switch fault, int write) {
                assertFailsWith(
                        XAException.XA_RBROLLBACK, () -> adapter.resource().prepare(xid(1)));
            }
        },
        IN_COMMIT {
            @Override
            void run(TestAdapter adapter, FaultyDisk.Switch fault, int write) throws XAException {
                super.run(adapter, fault, write);
                fault.haltBeforeWrite(write);
                adapter.resource().commit(xid(1), false);
                Runtime.getRuntime().halt(1);
            }
        },
        IN_ONE_PHASE {
            @Override
            void run(TestAdapter adapter, FaultyDisk.Switch fault, int write) throws XAException {
                fault.haltBeforeWrite(write);
                adapter.resource().commit(xid(1), true);
                Runtime.getRuntime().halt(1);
            }
        },
        AFTER_COMMIT {
            @Override
            void run(TestAdapter adapter, FaultyDisk.Switch fault, int write) throws XAException {
                super.run(adapter, fault, write);
                adapter.resource().commit(xid(1), false);
            }
        },
        AFTER_PERSON {
            @Override
            void run(TestAdapter adapter, FaultyDisk.Switch fault, int write) throws XAException {
                super.run(adapter, fault, write);
                adapter.bean().rollbackInDoubt(xid(1).toString(), "Ann", "why");
            }
        },
        AFTER_HAZARD(20_000) {
            @Override
            void run(TestAdapter adapter, FaultyDisk.Switch fault, int write) throws XAException {
                super.run(adapter, fault, write);
                assertFailsWith(XAException.XA_HEURHAZ, () -> adapter.resource().commit(xid(1), false));
            }
        },
        AFTER_END {
            @Override
            void run(TestAdapter adapter, FaultyDisk.Switch fault, int write) throws XAException {
                super.run(adapter, fault, write);
                var branch = adapter.branches.all(tx -> true).get(0);
                adapter.resource().commit(xid(1), false);
                adapter.branches.engine().ended(branch.id()).join();
            }
        };

        private final int waitMillis;

        Point() {
            this(0);
        }

        Point(int waitMillis) {
            this.waitMillis = waitMillis;
        }

        void run(TestAdapter adapter, FaultyDisk.Switch fault, int write) throws XAException {
            if (adapter.resource().prepare(xid(1)) != XAResource.XA_OK) {
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
