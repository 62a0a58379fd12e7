package io.holdfast.sample.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LraFenceTest {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=20000";
    private Connection first;
    private Connection second;

    @BeforeEach
    void open() throws SQLException {
        first = DriverManager.getConnection(url);
        second = DriverManager.getConnection(url);
        new LraFence(first).createTable();
        first.setAutoCommit(false);
        second.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        first.close();
        second.close();
    }

    @Test
    void tries_of_an_open_lra_are_let_in() throws SQLException {
        new LraFence(first).enter("lra-1");
        new LraFence(first).enter("lra-1");
    }

    @Test
    void a_try_after_an_end_that_nobody_expected_is_refused() throws SQLException {
        assertThat(new LraFence(first).end("lra-1", LraFence.State.COMPENSATED)).isTrue();

        assertThatThrownBy(() -> new LraFence(first).enter("lra-1"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("lra-1")
                .hasMessageContaining("COMPENSATED");
    }

    @Test
    void the_same_end_can_be_told_again_and_the_other_one_cannot() throws SQLException {
        LraFence fence = new LraFence(first);
        fence.end("lra-1", LraFence.State.COMPLETED);

        assertThat(fence.end("lra-1", LraFence.State.COMPLETED)).isTrue();
        assertThat(fence.end("lra-1", LraFence.State.COMPENSATED)).isFalse();
    }

    @Test
    void an_end_waits_for_a_try_that_is_under_way() throws Exception {
        new LraFence(first).enter("lra-1");
        var executor = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> end = executor.submit(() -> new LraFence(second).end("lra-1", LraFence.State.COMPENSATED));
            first.commit();
            assertThat(end.get(20, TimeUnit.SECONDS)).isTrue();
            second.commit();
        } finally {
            executor.shutdownNow();
        }

        assertThatThrownBy(() -> new LraFence(first).enter("lra-1")).isInstanceOf(RefusedException.class);
    }
}
