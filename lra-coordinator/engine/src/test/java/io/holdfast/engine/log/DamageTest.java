package io.holdfast.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.engine.simulation.MemoryDisk;
import io.holdfast.engine.simulation.Scheduler;
import io.holdfast.engine.state.Command;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Machine;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log of a checkpoint and three segments whose bytes are changed by something else. */
class DamageTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int FORMAT_OFFSET = Long.BYTES;

    private final MemoryDisk disk = new MemoryDisk();
    private final Random random = new Random(1);
    private final Scheduler scheduler = new Scheduler(random);
    private final List<String> found = new ArrayList<>();

    @BeforeEach
    void writeLog() {
        SegmentLog log = open();
        append(log, "a", "b");
        log.checkpoint(() -> Stream.of(snapshot("a", 1), snapshot("b", 2)));
        append(log, "c", "d");
        for (String id : List.of("e", "f")) {
            disk.crash(random);
            SegmentLog next = open();
            append(next, id, id + "2", id + "3");
        }
        disk.crash(random);
        found.clear();
    }

    @Test
    void without_damage_everything_is_there() {
        open();
        assertThat(found).containsExactly("a", "b", "c", "d", "e", "e2", "e3", "f", "f2", "f3");
    }

    @Test
    void a_changed_bit_anywhere_before_the_last_record_stops_the_start_and_changes_nothing() {
        Map<String, byte[]> whole = content();
        for (String name : disk.list()) {
            if (name.equals(FileNames.NODE_ID)) {
                continue;
            }
            byte[] undamaged = disk.bytes(name);
            List<Integer> frames = frames(undamaged);
            int end = name.equals(lastSegment()) ? frames.get(frames.size() - 1) : undamaged.length;
            for (int position = 0; position < end; position++) {
                byte[] damaged = undamaged.clone();
                damaged[position] ^= (byte) (1 << random.nextInt(8));
                disk.replace(name, damaged);

                Throwable failure = catchThrowable(this::open);

                assertThat(failure)
                        .as(name + " at " + position)
                        .isInstanceOf(LogUnavailableException.class)
                        .hasMessageContaining(name);
                if (position < FORMAT_OFFSET || position >= Frames.HEADER_BYTES) {
                    assertThat(failure)
                            .isInstanceOf(LogDamagedException.class)
                            .hasMessageContaining("byte " + frameAt(frames, position) + ",");
                }
                assertThat(disk.bytes(name)).isEqualTo(damaged);
                disk.replace(name, undamaged);
            }
        }
        assertThat(content()).usingRecursiveComparison().isEqualTo(whole);
        open();
    }

    @Test
    void a_last_record_that_was_torn_anywhere_is_cut_off_and_nothing_else() {
        String last = lastSegment();
        byte[] whole = disk.bytes(last);
        List<Integer> frames = frames(whole);
        int start = frames.get(frames.size() - 1);
        for (int length = start; length < whole.length; length++) {
            disk.replace(last, Arrays.copyOf(whole, length));
            found.clear();
            SegmentLog log = open();
            assertThat(found).endsWith("f", "f2").doesNotContain("f3");
            log.close();
            assertThat(disk.bytes(last)).hasSize(start);
        }
    }

    @Test
    void zeros_behind_the_last_record_of_any_segment_are_no_damage() {
        for (String name : disk.list()) {
            if (FileNames.isSegment(name)) {
                disk.replace(name, Arrays.copyOf(disk.bytes(name), disk.bytes(name).length + 1_000));
            }
        }
        open();
        assertThat(found).containsExactly("a", "b", "c", "d", "e", "e2", "e3", "f", "f2", "f3");
    }

    @Test
    void zeros_instead_of_a_record_before_others_stop_the_start() {
        for (String name : disk.list()) {
            byte[] whole = disk.bytes(name);
            List<Integer> frames = FileNames.isSegment(name) ? frames(whole) : List.of();
            for (int i = 0; i < frames.size(); i++) {
                int end = i + 1 < frames.size() ? frames.get(i + 1) : whole.length;
                byte[] damaged = whole.clone();
                Arrays.fill(damaged, frames.get(i), end, (byte) 0);
                disk.replace(name, damaged);
                if (end < whole.length || !name.equals(lastSegment())) {
                    assertThatThrownBy(this::open)
                            .as(name + " without record " + i)
                            .isInstanceOf(LogDamagedException.class);
                }
                disk.replace(name, whole);
            }
        }
        open();
    }

    @Test
    void an_empty_segment_that_a_crash_brought_back_after_its_deletion_is_passed_over() {
        UUID node = UUID.fromString(new String(disk.bytes(FileNames.NODE_ID), StandardCharsets.US_ASCII));
        long number = FileNames.number(lastSegment()) + 1;
        byte[] header = new byte[Frames.HEADER_BYTES];
        new Frames(node).header(number, 2).get(header);
        disk.replace(FileNames.segment(number), header);

        append(open(), "g");
        disk.crash(random);
        found.clear();
        open();

        assertThat(found).endsWith("f", "f2", "f3", "g");
    }

    @Test
    void a_newer_format_is_told_with_both_versions_and_nothing_is_changed() {
        Frames frames =
                new Frames(UUID.fromString(new String(disk.bytes(FileNames.NODE_ID), StandardCharsets.US_ASCII)));
        for (String name : disk.list()) {
            if (name.equals(FileNames.NODE_ID)) {
                continue;
            }
            byte[] whole = disk.bytes(name);
            byte[] newer = whole.clone();
            frames.header(Frames.FORMAT + 6, 1, 1).get(newer, 0, Frames.HEADER_BYTES);
            disk.replace(name, newer);
            Map<String, byte[]> before = content();

            assertThatThrownBy(this::open)
                    .isInstanceOf(LogUnavailableException.class)
                    .hasMessageContaining("HFENG006")
                    .hasMessageContaining(name)
                    .hasMessageContaining("format " + (Frames.FORMAT + 6))
                    .hasMessageContaining("newer than " + Frames.FORMAT);

            assertThat(content()).usingRecursiveComparison().isEqualTo(before);
            disk.replace(name, whole);
        }
    }

    @Test
    void a_directory_that_became_read_only_is_told_and_nothing_is_changed() {
        Map<String, byte[]> before = content();
        disk.failWith(operation -> {
            throw new AccessDeniedException(operation);
        });
        assertThatThrownBy(this::open)
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("HFENG004")
                .hasMessageContaining(disk.describe());
        assertThat(content()).usingRecursiveComparison().isEqualTo(before);
        disk.failWith(operation -> {});
        open();
        assertThat(found).endsWith("f", "f2", "f3");
    }

    @Test
    void a_new_directory_without_room_is_told_and_can_be_used_later() {
        MemoryDisk full = new MemoryDisk();
        full.failWith(operation -> {
            if (operation.equals("append")) {
                throw new IOException("No space left on device");
            }
        });
        assertThatThrownBy(() -> SegmentLog.open(full, scheduler, random, new Replayed()))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("HFENG004")
                .hasMessageContaining("No space left");
        full.failWith(operation -> {});
        assertThat(SegmentLog.open(full, scheduler, random, new Replayed()).nodeId())
                .isNotEmpty();
    }

    @Test
    void a_node_id_that_is_none_stops_the_start() {
        disk.replace(FileNames.NODE_ID, new byte[] {'x'});
        assertThatThrownBy(this::open)
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(FileNames.NODE_ID)
                .hasMessageContaining(disk.describe());
    }

    @Test
    void a_segment_that_is_missing_is_named_or_what_was_in_it_and_nothing_is_changed() throws IOException {
        assertLacks(FileNames.segment(2), "segment-0000000000000002.log, with which checkpoint-0000000000000002.log");
        assertLacks(FileNames.segment(3), "the records with sequence numbers 5 to 7, behind which segment-");
    }

    @Test
    void a_checkpoint_that_is_missing_is_noticed_by_what_it_held() throws IOException {
        assertLacks(FileNames.checkpoint(2), "the records with sequence numbers 1 to 2, behind which segment-");
    }

    @Test
    void the_id_of_the_node_is_not_made_anew_when_there_is_a_log() throws IOException {
        assertLacks(FileNames.NODE_ID, "node-id, without which checkpoint-");
    }

    @Test
    void a_first_segment_that_was_cut_to_nothing_is_missed_after_a_checkpoint() throws IOException {
        for (String name : List.of(FileNames.segment(3), FileNames.segment(4))) {
            disk.delete(name);
        }
        disk.replace(FileNames.segment(2), new byte[0]);
        assertLacks(null, "the beginning of segment-0000000000000002.log, with which checkpoint-");
    }

    @Test
    void a_tail_of_which_the_checkpoint_tells_is_missed() throws IOException {
        SegmentLog log = open();
        log.checkpoint(() -> {
            log.append(new TransactionId("late"), List.of(started("late")));
            return Stream.of(snapshot("late", 11));
        });
        log.close();
        disk.replace(lastSegment(), Arrays.copyOf(disk.bytes(lastSegment()), Frames.HEADER_BYTES));
        assertLacks(null, "the record with sequence number 11, of which checkpoint-");
    }

    /** Which did not tell where the segments behind it begin. */
    @Test
    void a_checkpoint_of_the_first_releases_goes_on_with_the_segment_of_its_number() throws IOException {
        Frames frames =
                new Frames(UUID.fromString(new String(disk.bytes(FileNames.NODE_ID), StandardCharsets.US_ASCII)));
        byte[] checkpoint = disk.bytes(FileNames.checkpoint(2));
        frames.header(2, 0).get(checkpoint, 0, Frames.HEADER_BYTES);
        disk.replace(FileNames.checkpoint(2), checkpoint);
        assertLacks(FileNames.segment(2), "segment-0000000000000002.log, with which checkpoint-0000000000000002.log");

        open();
        assertThat(found).containsExactly("a", "b", "c", "d", "e", "e2", "e3", "f", "f2", "f3");
    }

    /** A file taken away stops the start, which changes nothing; then it is put back. */
    private void assertLacks(@Nullable String missing, String told) throws IOException {
        byte[] bytes = missing == null ? new byte[0] : disk.bytes(missing);
        if (missing != null) {
            disk.delete(missing);
        }
        Map<String, byte[]> before = content();

        assertThatThrownBy(this::open)
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("HFENG014")
                .hasMessageContaining(disk.describe())
                .hasMessageContaining(told);

        assertThat(content()).usingRecursiveComparison().isEqualTo(before);
        if (missing != null) {
            disk.replace(missing, bytes);
        }
        found.clear();
    }

    private static Event.Started started(String id) {
        return new Event.Started(new TransactionId(id), NOW, "origin", null, null, null);
    }

    private SegmentLog open() {
        return SegmentLog.open(disk, scheduler, random, new Replayed());
    }

    private void append(SegmentLog log, String... ids) {
        for (String id : ids) {
            CompletableFuture<Void> durable = log.force(log.append(new TransactionId(id), List.of(started(id))));
            scheduler.runReady();
            durable.join();
        }
    }

    private static TransactionLog.Snapshot snapshot(String id, long sequence) {
        var start = new Command.Start(new TransactionId(id), "origin", null, null, null, NOW);
        Transaction tx = Machine.apply(null, Machine.start(start).events().get(0));
        return new TransactionLog.Snapshot(tx, sequence);
    }

    private Map<String, byte[]> content() {
        Map<String, byte[]> content = new HashMap<>();
        disk.list().forEach(name -> content.put(name, disk.bytes(name)));
        return content;
    }

    private String lastSegment() {
        return disk.list().stream()
                .filter(FileNames::isSegment)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** Where the frames of a file begin. */
    private static List<Integer> frames(byte[] file) {
        List<Integer> positions = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        for (int at = Frames.HEADER_BYTES;
                at < file.length;
                at += Frames.FRAME_HEADER_BYTES + bytes.getInt(at + Integer.BYTES)) {
            positions.add(at);
        }
        return positions;
    }

    /** The beginning of what the position is in: a frame, or the header of the file. */
    private static int frameAt(List<Integer> frames, int position) {
        return frames.stream().filter(frame -> frame <= position).reduce(0, (earlier, later) -> later);
    }

    private final class Replayed implements TransactionLog.Replay {
        @Override
        public void snapshot(TransactionLog.Snapshot snapshot) {
            found.add(snapshot.transaction().id().value());
        }

        @Override
        public void events(long sequence, TransactionId id, List<Event> events) {
            found.add(id.value());
        }
    }
}
