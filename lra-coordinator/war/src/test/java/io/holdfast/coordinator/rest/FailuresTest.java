package io.holdfast.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.coordinator.Lras;
import io.holdfast.coordinator.RunningCoordinator;
import io.holdfast.coordinator.config.Configuration;
import io.holdfast.coordinator.config.PropertySource;
import io.holdfast.coordinator.participant.ParticipantLinks;
import io.holdfast.coordinator.participant.ScriptedParticipant;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.state.TransactionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScriptedParticipant participant = new ScriptedParticipant();
    private RunningCoordinator running;
    private Lras lras;

    @BeforeEach
    void open(@TempDir Path directory) {
        Map<String, String> properties =
                Map.of(Configuration.LOG_DIRECTORY, directory.toString(), Configuration.END_WAIT_MS, "0");
        running = RunningCoordinator.open(Configuration.read(PropertySource.of(properties::get)), executor);
        lras = running.lras();
    }

    @AfterEach
    void close() {
        running.close();
        participant.close();
        executor.shutdownNow();
    }

    @Test
    void a_stock_client_that_closes_what_others_have_cancelled_is_told_that_it_is_gone() {
        TransactionId id = start();
        lras.cancel(id, Optional.empty(), Optional.empty()).join();

        RefusedException refused = refusal(lras.close(id, Optional.empty(), Optional.empty()));

        assertThat(Failures.statusOf(refused, false)).isEqualTo(404);
        assertThat(Failures.statusOf(refused, true)).isEqualTo(412);
    }

    @Test
    void a_log_that_hangs_is_the_coordinators_fault_and_may_pass() {
        assertThat(Failures.statusOf(new LogSilentException(Duration.ofSeconds(30))))
                .isEqualTo(503);
    }

    @Test
    void closing_what_is_being_cancelled_is_refused() {
        TransactionId id = start();
        for (int i = 0; i < 100; i++) {
            participant.answers("PUT /c", 503, "");
        }
        var links = ParticipantLinks.parse("<" + participant.url("/c") + ">; rel=compensate");
        lras.join(id, links, "", Optional.empty()).join();
        lras.cancel(id, Optional.empty(), Optional.empty()).join();

        assertThat(Failures.statusOf(refusal(lras.close(id, Optional.empty(), Optional.empty())), false))
                .isEqualTo(412);
    }

    private TransactionId start() {
        return lras.start("http://localhost/lra-coordinator", "client", Optional.empty(), Optional.empty())
                .join()
                .id()
                .uid();
    }

    private static RefusedException refusal(CompletableFuture<?> future) {
        ExecutionException failure = catchThrowableOfType(ExecutionException.class, future::get);
        return (RefusedException) Objects.requireNonNull(failure.getCause());
    }
}
