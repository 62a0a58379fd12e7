package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.log.LogFailedException;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A disk that gets full, whatever the engine is doing just then. */
class FullDiskTest extends EngineTest {
    private static final int OPERATIONS = 60;

    /** By transaction how many participants were acknowledged and whether it was confirmed. */
    private final Map<TransactionId, Integer> joined = new HashMap<>();

    private final Map<TransactionId, Boolean> confirmed = new HashMap<>();

    @Test
    void whatever_was_acknowledged_before_the_disk_got_full_is_there_when_it_has_room_again() {
        for (int room = 0; room < OPERATIONS; room++) {
            new FullDiskTest().fillAfter(room);
        }
    }

    private void fillAfter(int operations) {
        settings = Settings.FOR_LRAS.withCheckpointBytes(1024);
        restart();
        int[] left = {operations};
        disk.failWith(operation -> {
            if (--left[0] < 0 && !operation.equals("delete")) {
                throw new IOException("No space left on device");
            }
        });
        int acknowledged = 0;
        while (work()) {
            acknowledged++;
        }
        assertThat(acknowledged).isLessThan(OPERATIONS);
        CompletableFuture<Transaction> refused = coordinator.start("origin", null, null);
        scheduler.runReady();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(LogFailedException.class);

        disk.failWith(operation -> {});
        restart();
        scheduler.runReady();
        joined.forEach((id, participants) -> {
            Transaction tx = get(coordinator.find(id));
            assertThat(tx.participants().size()).isBetween(participants, participants + 1);
            assertThat(tx.state() == TransactionState.CONFIRMED || !confirmed.containsKey(id))
                    .isTrue();
        });
        start();
    }

    /** A whole transaction, as far as it gets. */
    private boolean work() {
        Transaction tx = acknowledged(() -> coordinator.start("origin", null, null));
        if (tx == null) {
            return false;
        }
        joined.put(tx.id(), 0);
        Joined participant = acknowledged(
                () -> coordinator.join(tx.id(), ParticipantKind.ACTED, "h/" + joined.size(), "data", Set.of(), null));
        if (participant == null) {
            return false;
        }
        joined.put(tx.id(), 1);
        if (acknowledged(() -> coordinator.confirm(tx.id(), null)) == null) {
            return false;
        }
        confirmed.put(tx.id(), true);
        return true;
    }

    private <T> @Nullable T acknowledged(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> answer = call.get();
        scheduler.runReady();
        assertThat(answer).isDone();
        return answer.isCompletedExceptionally() ? null : answer.join();
    }
}
