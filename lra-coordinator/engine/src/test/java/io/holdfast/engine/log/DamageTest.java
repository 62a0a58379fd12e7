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

    private SegmentLog open() {
        return SegmentLog.open(disk, scheduler, random, new Replayed());
    }

    private void append(SegmentLog log, String... ids) {
        for (String id : ids) {
            CompletableFuture<Void> durable = log.force(log.append(
                    new TransactionId(id),
                    List.of(new Event.Started(new TransactionId(id), NOW, "origin", null, null, null))));
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
