package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.log.DirectoryDisk;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.ThreadTimers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine with real threads on a real directory, with checkpoints under way. */
class CoordinatorUnderThreadsTest {
    private static final int CLIENTS = 8;
    private static final int TRANSACTIONS = 60;

    @TempDir
    Path directory;

    private final Map<String, String> told = new ConcurrentHashMap<>();

    @Test
    void everything_acknowledged_is_there_after_a_reopening() throws Exception {
        List<TransactionId> confirmed = new ArrayList<>();
        List<TransactionId> open = new ArrayList<>();
        run(coordinator -> {
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            try {
                List<Future<List<TransactionId>>> results = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    results.add(clients.submit(client(coordinator, client)));
                }
                for (Future<List<TransactionId>> result : results) {
                    List<TransactionId> ids = result.get();
                    open.add(ids.remove(ids.size() - 1));
                    confirmed.addAll(ids);
                }
            } finally {
                clients.shutdown();
            }
        });
        run(coordinator -> {
            for (TransactionId id : confirmed) {
                assertThat(coordinator.ended(id).get().state()).isEqualTo(TransactionState.CONFIRMED);
            }
            for (TransactionId id : open) {
                Transaction tx = coordinator.find(id).get();
                assertThat(tx.state()).isEqualTo(TransactionState.ACTIVE);
                assertThat(tx.participants().size()).isEqualTo(2);
            }
        });
        assertThat(confirmed).hasSize(CLIENTS * (TRANSACTIONS - 1));
        assertThat(told).hasSize(2 * confirmed.size()).values().containsOnly("CONFIRM");
    }

    private static Callable<List<TransactionId>> client(Coordinator coordinator, int client) {
        return () -> {
            List<TransactionId> ids = new ArrayList<>();
            for (int i = 0; i < TRANSACTIONS; i++) {
                TransactionId id =
                        coordinator.start("client" + client, null, null).get().id();
                for (String participant : List.of("a", "b")) {
                    coordinator
                            .join(
                                    id,
                                    ParticipantKind.ACTED,
                                    client + "/" + i + participant,
                                    "",
                                    Set.of(),
                                    Duration.ofHours(1))
                            .get();
                }
                ids.add(id);
                if (i < TRANSACTIONS - 1) {
                    coordinator.confirm(id, null).get();
                }
            }
            return ids;
        };
    }

    private interface Use {
        void with(Coordinator coordinator) throws Exception;
    }

    private void run(Use use) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try (ThreadTimers timers = new ThreadTimers("test-timers");
                Coordinator coordinator = Coordinator.open(
                        Settings.FOR_LRAS.withCheckpointBytes(20_000),
                        new Host(Clock.system(), timers, executor, new SecureRandom(), new DirectoryDisk(directory)),
                        new Recorder())) {
            use.with(coordinator);
        } finally {
            executor.shutdown();
        }
    }

    private final class Recorder implements ParticipantDriver {
        @Override
        public String endpointOf(Participant participant) {
            return participant.address().substring(0, 1);
        }

        @Override
        public CompletionStage<Answer> deliver(Call call) {
            told.put(call.participant().address(), call.instruction().name());
            return CompletableFuture.completedFuture(new Answer.Done());
        }
    }
}
