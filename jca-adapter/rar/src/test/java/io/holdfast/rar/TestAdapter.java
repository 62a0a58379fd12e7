package io.holdfast.rar;

import io.holdfast.engine.Host;
import io.holdfast.engine.log.DirectoryDisk;
import io.holdfast.engine.log.Disk;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.ThreadTimers;
import io.holdfast.engine.time.Timers;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** An adapter's branches on a real directory, without a server. */
final class TestAdapter implements AutoCloseable {
    static final int MAX_NOTIFICATION_CHARACTERS = 1_000;
    static final String OPERATOR_ROLE = "holdfast-operator";
    private static final int THREADS = 4;
    private static final Duration PATIENCE = FakeCoordinator.PATIENCE;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final ThreadTimers timers = new ThreadTimers("test-timer");
    final Branches branches;

    private TestAdapter(
            AdapterSettings settings,
            LocalApplications applications,
            @Nullable ManualTime time,
            UnaryOperator<Disk> disk,
            Jndi jndi) {
        Clock clock = time == null ? Clock.system() : time;
        Timers used = time == null ? timers : time;
        try {
            branches = Branches.open(
                    settings,
                    new Host(
                            clock,
                            used,
                            threads,
                            new SecureRandom(),
                            disk.apply(new DirectoryDisk(settings.logDirectory()))),
                    applications,
                    (task, refused) -> threads.execute(task),
                    jndi);
        } catch (RuntimeException failed) {
            timers.close();
            threads.shutdownNow();
            throw failed;
        }
    }

    static TestAdapter open(AdapterSettings settings) {
        return open(settings, new FakeBroker());
    }

    static TestAdapter open(AdapterSettings settings, LocalApplications applications) {
        return new TestAdapter(settings, applications, null, disk -> disk, new FakeBroker());
    }

    static TestAdapter open(AdapterSettings settings, FakeBroker broker) {
        return new TestAdapter(settings, new LocalApplications(), null, disk -> disk, broker);
    }

    static TestAdapter open(AdapterSettings settings, LocalApplications applications, UnaryOperator<Disk> disk) {
        return new TestAdapter(settings, applications, null, disk, new FakeBroker());
    }

    static TestAdapter open(AdapterSettings settings, ManualTime time) {
        return new TestAdapter(settings, new LocalApplications(), time, disk -> disk, new FakeBroker());
    }

    static TestAdapter open(AdapterSettings settings, UnaryOperator<Disk> disk) {
        return new TestAdapter(settings, new LocalApplications(), null, disk, new FakeBroker());
    }

    /** Patient with answers that come, quick to repeat what got none. */
    static AdapterSettings settings(Path directory, FakeCoordinator coordinator) {
        return settings(directory, coordinator.url(), 5000, 0);
    }

    static AdapterSettings settings(Path directory, String coordinator, int timeoutMillis, int waitMillis) {
        return settings(directory, coordinator, timeoutMillis, waitMillis, "");
    }

    /** @param jmsFactory the name of the connection factory for notifications; empty for none */
    static AdapterSettings settings(
            Path directory, String coordinator, int timeoutMillis, int waitMillis, String jmsFactory) {
        return settings(directory, coordinator, timeoutMillis, new Retries(10, 50), waitMillis, jmsFactory);
    }

    /** Tells nobody again within an hour, unless a person says so. */
    static AdapterSettings patient(Path directory, String coordinator, int timeoutMillis) {
        return settings(directory, coordinator, timeoutMillis, new Retries(3_600_000, 3_600_000), 0, "");
    }

    /** Keeps what has ended for an hour. */
    static AdapterSettings retaining(Path directory, String coordinator) {
        return settings(directory, coordinator, 5000, new Retries(10, 50), 0, "", 3600);
    }

    /** The first and the longest interval. */
    private record Retries(int firstMillis, int maxMillis) {}

    private static AdapterSettings settings(
            Path directory, String coordinator, int timeoutMillis, Retries retries, int waitMillis, String jmsFactory) {
        return settings(directory, coordinator, timeoutMillis, retries, waitMillis, jmsFactory, 0);
    }

    private static AdapterSettings settings(
            Path directory,
            String coordinator,
            int timeoutMillis,
            Retries retries,
            int waitMillis,
            String jmsFactory,
            int retentionSeconds) {
        return AdapterSettings.of(new AdapterSettings.Properties(
                directory.toString(),
                coordinator,
                300,
                timeoutMillis,
                timeoutMillis,
                retries.firstMillis(),
                retries.maxMillis(),
                waitMillis,
                retentionSeconds,
                130,
                "",
                20,
                600,
                "",
                jmsFactory,
                MAX_NOTIFICATION_CHARACTERS,
                OPERATOR_ROLE));
    }

    /** As an administrator has it, without JMX. */
    AdapterMXBean bean() {
        return new AdapterManagement(branches);
    }

    BranchXAResource resource() {
        return new BranchXAResource(branches);
    }

    static XidValue xid(int number) {
        return new XidValue(4711, new byte[] {1, 2, 3, (byte) number}, new byte[] {(byte) number});
    }

    /** Starts a branch, asks for its LRA and ends the work. */
    URI work(XidValue xid) throws XAException {
        BranchXAResource resource = resource();
        resource.start(xid, XAResource.TMNOFLAGS);
        URI lra = lra(resource);
        resource.end(xid, XAResource.TMSUCCESS);
        return lra;
    }

    URI prepared(XidValue xid) throws XAException {
        URI lra = work(xid);
        if (resource().prepare(xid) != XAResource.XA_OK) {
            throw new AssertionError("Not prepared");
        }
        return lra;
    }

    /** Waits until nothing is left in the adapter's log. */
    void awaitEmptyLog() {
        awaitLog(List::isEmpty);
    }

    /** Waits until a transaction has failed to confirm, as which it stays in the log. */
    void awaitFailedToConfirm() {
        awaitLog(log -> log.stream().anyMatch(tx -> tx.state() == TransactionState.FAILED_TO_CONFIRM));
    }

    /** Waits until a participant is in that state. */
    void awaitState(ParticipantState state) {
        awaitLog(log -> log.stream()
                .flatMap(tx -> tx.participants().stream())
                .anyMatch(participant -> participant.state() == state));
    }

    private void awaitLog(Predicate<List<Transaction>> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(branches.engine().list(tx -> true, 9).join())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "Never: " + branches.engine().list(tx -> true, 9).join());
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until the engine has dropped it, without having anything forced, as a look at the log would. */
    void awaitDropped(TransactionId id) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (branches.engine().inMemory(id).isPresent()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("Never: " + id + " is still there");
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until all that was handed to the adapter's threads so far is done. */
    void awaitIdle() {
        CyclicBarrier everyThread = new CyclicBarrier(THREADS + 1);
        for (int i = 0; i < THREADS; i++) {
            threads.execute(() -> meet(everyThread));
        }
        meet(everyThread);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    URI lra(BranchXAResource resource) {
        return lra(resource, null);
    }

    URI lra(BranchXAResource resource, @Nullable Duration limit) {
        return branches.lra(resource.current().orElseThrow(), limit);
    }

    URI nestedLra(BranchXAResource resource, URI parent) {
        return branches.nestedLra(resource.current().orElseThrow(), parent, null);
    }

    @Override
    public void close() {
        branches.close();
        timers.close();
        threads.shutdown();
    }
}
