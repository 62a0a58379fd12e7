package io.holdfast.sample.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate gate = new Gate();

    @Test
    void a_transfer_waits_until_somebody_says_go() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<?> transfer = executor.submit(() -> gate.await("t1"));
            while (!gate.go("t1")) {
                Thread.onSpinWait();
            }
            transfer.get(20, TimeUnit.SECONDS);
        } finally {
            executor.shutdownNow();
        }

        assertThat(gate.waiting()).isEmpty();
    }

    @Test
    void nobody_else_is_let_go() {
        assertThat(gate.go("t2")).isFalse();
    }
}
