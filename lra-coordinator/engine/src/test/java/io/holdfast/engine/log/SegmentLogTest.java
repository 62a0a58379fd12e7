package io.holdfast.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.simulation.MemoryDisk;
import io.holdfast.engine.simulation.Scheduler;
import io.holdfast.engine.state.Command;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Machine;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.time.HelpingExecutor;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SegmentLogTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final int PATIENCE_SECONDS = 2;

    private final MemoryDisk disk = new MemoryDisk();
    private final Random random = new Random(1);
    private final Scheduler scheduler = new Scheduler(random);

    @Test
    void what_was_forced_is_found_after_a_crash_and_in_order() {
        SegmentLog log = open().log();
        force(log, append(log, "a"), append(log, "b"));
        append(log, "lost");
        crash();
        assertThat(open().found()).containsExactly("1 a", "2 b");
    }

    @Test
    void many_appends_are_forced_by_one_write() {
        SegmentLog log = open().log();
        int before = disk.forces();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(log.force(append(log, "t" + i)));
        }
        scheduler.runReady();
        assertThat(all).allMatch(CompletableFuture::isDone);
        assertThat(disk.forces() - before).isEqualTo(1);
    }

    @Test
    void a_thread_that_helps_forces_for_itself_and_leaves_what_has_gathered_meanwhile_to_the_others() {
        List<Runnable> others = new ArrayList<>();
        HelpingExecutor helping = new HelpingExecutor(others::add, failed -> Assertions.fail(failed));
        List<CompletableFuture<Void>> late = new ArrayList<>();
        BusyDisk busy = new BusyDisk(disk);
        SegmentLog log = open(busy, helping).log();
        busy.whileForcing(() -> late.add(log.force(append(log, "late"))));

        CompletableFuture<Void> own = helping.helping(() -> {
            CompletableFuture<Void> durable = log.force(append(log, "own"));
            HelpingExecutor.helpUntil(durable);
            assertThat(durable).isCompleted();
            assertThat(late).singleElement().matches(each -> !each.isDone());
            return durable;
        });

        assertThat(own).isCompleted();
        assertThat(others).hasSize(1);
        others.remove(0).run();
        assertThat(late.get(0)).isCompleted();
    }

    @Test
    void nobody_is_told_of_durability_before_the_force() {
        SegmentLog log = open().log();
        CompletableFuture<Void> durable = log.force(append(log, "a"));
        assertThat(durable).isNotDone();
        scheduler.runReady();
        assertThat(durable).isCompleted();
    }

    @Test
    void a_torn_last_write_is_cut_off_and_the_log_goes_on() {
        SegmentLog log = open().log();
        force(log, append(log, "a"));
        force(log, append(log, "torn"));
        String segment = lastSegment();
        byte[] bytes = disk.bytes(segment);
        crash();
        disk.replace(segment, Arrays.copyOf(bytes, bytes.length - 3));
        Opened again = open();
        assertThat(again.found()).containsExactly("1 a");
        force(again.log(), append(again.log(), "b"));
        crash();
        assertThat(open().found()).containsExactly("1 a", "2 b");
    }

    @Test
    void damage_in_the_middle_stops_the_start_and_changes_nothing() {
        SegmentLog log = open().log();
        force(log, append(log, "a"));
        force(log, append(log, "b"));
        String segment = lastSegment();
        byte[] bytes = disk.bytes(segment);
        crash();
        bytes[Frames.HEADER_BYTES + Frames.FRAME_HEADER_BYTES + 2] ^= 1;
        disk.replace(segment, bytes);
        assertThatThrownBy(this::open)
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("HFENG005")
                .hasMessageContaining(segment);
        assertThat(disk.bytes(segment)).isEqualTo(bytes);
    }

    @Test
    void a_record_that_is_missing_in_the_middle_stops_the_start() {
        SegmentLog log = open().log();
        String segment = lastSegment();
        force(log, append(log, "a"));
        int from = disk.bytes(segment).length;
        force(log, append(log, "gone"));
        int to = disk.bytes(segment).length;
        force(log, append(log, "c"));
        byte[] whole = disk.bytes(segment);
        crash();
        byte[] gap = Arrays.copyOf(whole, whole.length - (to - from));
        System.arraycopy(whole, to, gap, from, whole.length - to);
        disk.replace(segment, gap);
        assertThatThrownBy(this::open).isInstanceOf(LogDamagedException.class).hasMessageContaining("byte " + from);
    }

    @Test
    void damage_in_an_earlier_segment_stops_the_start() {
        SegmentLog log = open().log();
        force(log, append(log, "a"));
        String segment = lastSegment();
        byte[] bytes = disk.bytes(segment);
        crash();
        SegmentLog second = open().log();
        force(second, append(second, "b"));
        crash();
        bytes[bytes.length - 1] ^= 1;
        disk.replace(segment, bytes);
        assertThatThrownBy(this::open).isInstanceOf(LogDamagedException.class);
    }

    @Test
    void a_segment_that_is_missing_stops_the_start() throws IOException {
        for (String id : List.of("a", "b", "c")) {
            SegmentLog log = open().log();
            force(log, append(log, id));
            crash();
        }
        disk.delete(FileNames.segment(2));
        assertThatThrownBy(this::open).isInstanceOf(LogDamagedException.class);
    }

    @Test
    void a_log_of_a_newer_format_is_not_touched() {
        SegmentLog log = open().log();
        force(log, 0);
        Frames frames = new Frames(UUID.fromString(log.nodeId()));
        crash();
        disk.replace(
                FileNames.segment(7), frames.header(Frames.FORMAT + 1, 7, 1).array());
        assertThatThrownBy(this::open)
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("HFENG006")
                .hasMessageContaining(FileNames.segment(7));
    }

    @Test
    void a_torn_header_whose_format_happens_to_be_newer_is_torn_all_the_same() {
        SegmentLog log = open().log();
        force(log, append(log, "a"));
        byte[] torn = new Frames(UUID.fromString(log.nodeId())).header(7, 2).array();
        torn[Long.BYTES + 3] ^= 0x55;
        crash();
        disk.replace(FileNames.segment(7), torn);
        assertThat(open().found()).containsExactly("1 a");
    }

    @Test
    void a_failed_write_never_reports_success_and_stops_the_work() {
        SegmentLog log = open().log();
        disk.failWith(operation -> {
            if (operation.equals("force")) {
                throw new IOException("No space left on device");
            }
        });
        CompletableFuture<Void> durable = log.force(append(log, "a"));
        scheduler.runReady();
        assertThat(durable).isCompletedExceptionally();
        assertThatThrownBy(() -> append(log, "b"))
                .isInstanceOf(LogFailedException.class)
                .hasMessageContaining("HFENG002");
    }

    @Test
    void an_error_in_a_write_stops_the_work_and_nothing_is_written_behind_it() {
        SegmentLog log = open().log();
        force(log, append(log, "a"));
        disk.failWith(operation -> {
            if (operation.equals("append")) {
                throw new OutOfMemoryError("Direct buffer memory");
            }
        });
        CompletableFuture<Void> durable = log.force(append(log, "lost"));
        assertThatThrownBy(scheduler::runReady).isInstanceOf(OutOfMemoryError.class);
        assertThat(durable).isCompletedExceptionally();
        disk.failWith(operation -> {});
        assertThatThrownBy(() -> append(log, "b")).isInstanceOf(LogFailedException.class);
        log.close();
        crash();
        assertThat(open().found()).containsExactly("1 a");
    }

    @Test
    void an_executor_that_refuses_the_write_fails_the_log() {
        SegmentLog log = SegmentLog.open(
                disk,
                task -> {
                    throw new RejectedExecutionException("stopped");
                },
                random,
                new Ignored());
        assertThat(log.force(append(log, "a"))).isCompletedExceptionally();
        assertThatThrownBy(() -> append(log, "b")).isInstanceOf(LogFailedException.class);
    }

    @Test
    void a_checkpoint_that_found_no_room_is_made_later() {
        SegmentLog log = open().log();
        force(log, append(log, "live"));
        for (int i = 0; i < 3; i++) {
            disk.failWith(operation -> {
                if (operation.equals("append")) {
                    throw new IOException("No space left on device");
                }
            });
            log.checkpoint(Stream::empty);
            disk.failWith(operation -> {});
            force(log, append(log, "more" + i));
        }
        log.checkpoint(() -> Stream.of(new TransactionLog.Snapshot(transaction("live"), 1)));
        force(log, append(log, "after"));
        crash();
        assertThat(open().found()).containsExactly("snapshot live", "5 after");
    }

    @Test
    void a_checkpoint_that_cannot_write_what_has_gathered_fails_and_so_does_every_append_from_then_on() {
        SegmentLog log = open().log();
        append(log, "gathered");
        disk.failWith(operation -> {
            throw new IOException("No space left on device");
        });
        assertThat(log.checkpoint(Stream::empty)).isZero();
        assertThatThrownBy(() -> append(log, "more")).isInstanceOf(LogFailedException.class);
    }

    @Test
    void a_checkpoint_that_fails_leaves_no_file_that_fills_the_disk() {
        SegmentLog log = open().log();
        force(log, append(log, "live"));
        disk.failWith(operation -> {
            if (operation.equals("rename")) {
                throw new IOException("No space left on device");
            }
        });
        assertThat(log.checkpoint(() -> Stream.of(new TransactionLog.Snapshot(transaction("live"), 1))))
                .isZero();
        assertThat(disk.list()).noneMatch(FileNames::isTemporary);
    }

    @Test
    void a_segment_whose_creation_was_interrupted_is_no_damage() {
        SegmentLog log = open().log();
        force(log, append(log, "a"));
        crash();
        disk.replace(FileNames.segment(2), new byte[] {1, 2, 3});
        Opened again = open();
        force(again.log(), append(again.log(), "b"));
        crash();
        assertThat(open().found()).containsExactly("1 a", "2 b");
    }

    @Test
    void a_checkpoint_keeps_the_live_and_drops_the_rest() {
        SegmentLog log = open().log();
        force(log, append(log, "dead"), append(log, "live"));
        log.checkpoint(() -> Stream.of(new TransactionLog.Snapshot(transaction("live"), 2)));
        force(log, append(log, "after"));
        crash();
        assertThat(open().found()).containsExactly("snapshot live", "3 after");
        assertThat(disk.list()).noneMatch(name -> FileNames.isBefore(name, 2));
    }

    @Test
    void what_a_checkpoint_tells_of_the_tail_is_durable_with_it() {
        SegmentLog log = open().log();
        force(log, append(log, "early"));
        log.checkpoint(() -> Stream.of(
                new TransactionLog.Snapshot(transaction("early"), 1),
                new TransactionLog.Snapshot(transaction("late"), append(log, "late"))));
        crash();
        Opened again = open();
        force(again.log(), append(again.log(), "after"));
        crash();
        assertThat(open().found()).containsExactly("snapshot early", "snapshot late", "2 late", "3 after");
    }

    @Test
    void a_crash_anywhere_in_a_checkpoint_loses_nothing() {
        for (int step = 1; step < 12; step++) {
            SegmentLogTest fresh = new SegmentLogTest();
            fresh.crashInCheckpoint(step);
        }
    }

    private void crashInCheckpoint(int atOperation) {
        SegmentLog log = open().log();
        force(log, append(log, "live"));
        int[] left = {atOperation};
        disk.failWith(operation -> {
            if (--left[0] <= 0) {
                throw new IOException("stopped");
            }
        });
        log.checkpoint(() -> Stream.of(new TransactionLog.Snapshot(transaction("live"), 1)));
        disk.failWith(operation -> {});
        crash();
        assertThat(open().found()).hasSize(1).allMatch(found -> found.endsWith("live"));
    }

    @Test
    void the_node_id_stays_the_same() {
        String first = open().log().nodeId();
        crash();
        assertThat(open().log().nodeId()).isEqualTo(first);
    }

    @Test
    void each_node_has_an_id_of_its_own() {
        SegmentLog other = SegmentLog.open(new MemoryDisk(), scheduler, random, new Ignored());

        assertThat(open().log().nodeId()).isNotEqualTo(other.nodeId());
    }

    @Test
    void close_makes_everything_durable() {
        SegmentLog log = open().log();
        append(log, "a");
        log.close();
        crash();
        assertThat(open().found()).containsExactly("1 a");
    }

    @Test
    void what_is_appended_while_it_is_closed_is_durable_or_refused() {
        SegmentLog log = open().log();
        append(log, "a");
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        disk.failWith(operation -> {
            if (operation.equals("force") && waiting.isEmpty()) {
                waiting.add(log.force(append(log, "late")));
            }
        });
        log.close();
        disk.failWith(operation -> {});
        assertThat(waiting).singleElement().satisfies(late -> assertThat(late).isCompleted());
        assertThat(log.force(3)).isCompletedExceptionally();
        assertThatThrownBy(() -> append(log, "too-late"))
                .isInstanceOf(LogFailedException.class)
                .hasMessageContaining("memory is closed");
        crash();
        assertThat(open().found()).containsExactly("1 a", "2 late");
    }

    @Test
    void a_second_close_does_not_give_back_the_directory_of_the_next_log() {
        SegmentLog log = open().log();
        log.close();
        open();
        log.close();
        assertThatThrownBy(this::open).isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void close_gives_up_a_checkpoint_and_no_file_stays_open() throws Exception {
        OpenFiles files = new OpenFiles(disk);
        SegmentLog log = SegmentLog.open(files, scheduler, random, new Ignored());
        force(log, append(log, "live"));
        AtomicInteger openAfterwards = new AtomicInteger(-1);
        Thread closing = new Thread(() -> {
            log.close();
            openAfterwards.set(files.open.get());
        });
        TransactionLog.Snapshot live = new TransactionLog.Snapshot(transaction("live"), 1);

        log.checkpoint(() -> Stream.iterate(0, n -> n < 1_000, n -> n + 1)
                .peek(n -> {
                    if (n == 1) {
                        closing.start();
                        awaitEndOrWait(closing);
                    }
                })
                .map(n -> live));

        closing.join();
        assertThat(openAfterwards).hasValue(0);
        assertThat(log.checkpoint(() -> Stream.of(live))).isZero();
        assertThat(disk.list()).noneMatch(FileNames::isTemporary).noneMatch(FileNames::isCheckpoint);
        assertThat(open().found()).containsExactly("1 live");
    }

    private static void awaitEndOrWait(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void those_who_wait_are_told_without_a_lock() {
        SegmentLog log = open().log();
        List<String> told = new ArrayList<>();
        var durable = log.force(append(log, "a")).thenRun(() -> told.add("flush " + isUnlocked(log)));
        scheduler.runReady();
        assertThat(durable).isCompleted();

        CompletableFuture<?>[] inCheckpoint = new CompletableFuture<?>[2];
        inCheckpoint[0] = log.force(append(log, "b")).thenRun(() -> told.add("division " + isUnlocked(log)));
        log.checkpoint(() -> {
            inCheckpoint[1] = log.force(append(log, "c")).thenRun(() -> told.add("checkpoint " + isUnlocked(log)));
            return Stream.empty();
        });
        scheduler.runReady();
        assertThat(inCheckpoint).allMatch(CompletableFuture::isDone);

        disk.failWith(operation -> {
            if (operation.equals("force")) {
                throw new IOException("No space left on device");
            }
        });
        var failed =
                log.force(append(log, "d")).whenComplete((done, failure) -> told.add("failure " + isUnlocked(log)));
        scheduler.runReady();
        assertThat(failed).isCompletedExceptionally();
        assertThat(told).containsExactlyInAnyOrder("flush true", "division true", "checkpoint true", "failure true");
    }

    /** Whether another thread gets through all that needs a lock. */
    private static boolean isUnlocked(SegmentLog log) {
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return log.checkpoint(Stream::empty) >= 0;
                    } catch (LogFailedException failed) {
                        return true;
                    }
                })
                .completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Counts the files that are open for writing. */
    private static final class OpenFiles extends ForwardingDisk {
        private final AtomicInteger open = new AtomicInteger();

        OpenFiles(Disk disk) {
            super(disk);
        }

        @Override
        public Appender create(String name) throws IOException {
            Appender file = super.create(name);
            open.incrementAndGet();
            return new ForwardingAppender(file) {
                @Override
                public void close() throws IOException {
                    super.close();
                    open.decrementAndGet();
                }
            };
        }
    }

    private static final class Ignored implements TransactionLog.Replay {
        @Override
        public void snapshot(TransactionLog.Snapshot snapshot) {
            throw new AssertionError("A new log holds nothing");
        }

        @Override
        public void events(long sequence, TransactionId id, List<Event> events) {
            throw new AssertionError("A new log holds nothing");
        }
    }

    private record Opened(SegmentLog log, List<String> found) {}

    private Opened open() {
        return open(disk, scheduler);
    }

    private Opened open(Disk used, Executor executor) {
        List<String> found = new ArrayList<>();
        SegmentLog log = SegmentLog.open(used, executor, random, new TransactionLog.Replay() {
            @Override
            public void snapshot(TransactionLog.Snapshot snapshot) {
                found.add("snapshot " + snapshot.transaction().id());
            }

            @Override
            public void events(long sequence, TransactionId id, List<Event> events) {
                found.add(sequence + " " + id);
            }
        });
        return new Opened(log, found);
    }

    private static long append(SegmentLog log, String id) {
        return log.append(new TransactionId(id), List.of(started(id)));
    }

    private void force(SegmentLog log, long... sequences) {
        for (long sequence : sequences) {
            CompletableFuture<Void> durable = log.force(sequence);
            scheduler.runReady();
            durable.join();
        }
    }

    private void crash() {
        disk.crash(random);
    }

    private String lastSegment() {
        return disk.list().stream()
                .filter(FileNames::isSegment)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static Event.Started started(String id) {
        return new Event.Started(new TransactionId(id), NOW, "origin", null, null, null);
    }

    private static Transaction transaction(String id) {
        var start = new Command.Start(new TransactionId(id), "origin", null, null, null, NOW);
        return Machine.apply(null, Machine.start(start).events().get(0));
    }

    /** Something happens while it forces. */
    private static final class BusyDisk extends ForwardingDisk {
        private Runnable next = () -> {};

        BusyDisk(Disk disk) {
            super(disk);
        }

        /** Once, at the next force. */
        void whileForcing(Runnable meanwhile) {
            next = meanwhile;
        }

        @Override
        public Appender create(String name) throws IOException {
            return new ForwardingAppender(super.create(name)) {
                @Override
                public void force() throws IOException {
                    super.force();
                    Runnable meanwhile = next;
                    next = () -> {};
                    meanwhile.run();
                }
            };
        }
    }
}
