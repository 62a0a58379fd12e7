package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.settings;
import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.Host;
import io.holdfast.engine.log.DirectoryDisk;
import io.holdfast.engine.state.TransactionId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryWatchTest {
    private static final Duration PERIOD = Duration.ofSeconds(130);

    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final ManualTime time = new ManualTime();
    private final LoggedMessages logged = new LoggedMessages();
    private TestAdapter adapter;

    @BeforeEach
    void open(@TempDir Path directory) {
        adapter = TestAdapter.open(settings(directory, coordinator), time);
    }

    @AfterEach
    void close() {
        logged.close();
        adapter.close();
        coordinator.close();
    }

    private void period() {
        time.advance(PERIOD);
        adapter.awaitIdle();
    }

    private List<String> warnings() {
        return logged.of(AdapterMessage.NOT_RECOVERED);
    }

    @Test
    void a_branch_that_nobody_recovers_leads_to_one_warning_with_the_commands_for_both_servers() throws XAException {
        adapter.prepared(xid(1));
        period();
        period();
        assertThat(warnings()).isEmpty();
        period();
        period();

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("1 branch(es)", "260 seconds", "recovery-username", "automatic-recovery=true");
    }

    @Test
    void recovery_that_asks_is_enough() throws XAException {
        adapter.prepared(xid(1));
        for (int i = 0; i < 6; i++) {
            period();
            if (i % 2 == 0) {
                adapter.resource().recover(XAResource.TMSTARTRSCAN);
            }
        }

        assertThat(warnings()).isEmpty();
    }

    @Test
    void branches_that_are_decided_in_time_need_no_recovery() throws XAException {
        for (int i = 1; i < 6; i++) {
            adapter.prepared(xid(i));
            period();
            adapter.resource().commit(xid(i), false);
        }

        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_log_that_once_gives_no_answer_does_not_end_the_watch(@TempDir Path other) {
        Deque<RuntimeException> failures = new ArrayDeque<>(List.of(new IllegalStateException("no answer in time")));
        Host host = new Host(time, time, Runnable::run, new SecureRandom(), new DirectoryDisk(other));
        RecoveryWatch watch = new RecoveryWatch(
                host,
                PERIOD,
                () -> {
                    RuntimeException failure = failures.poll();
                    if (failure != null) {
                        throw failure;
                    }
                    return Set.of(new TransactionId("1"));
                },
                new Statistics());
        assertThatThrownBy(watch::begin).hasMessage("no answer in time");
        for (int i = 0; i < 3; i++) {
            time.advance(PERIOD);
        }

        assertThat(warnings()).hasSize(1);
    }
}
