package io.holdfast.lra.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwnThreadTest {
    private static final InheritableThreadLocal<String> OF_THE_SERVER = new InheritableThreadLocal<>();

    private static CompletableFuture<Thread> threadOf(Timers timers) {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        timers.schedule(Duration.ofMillis(10), () -> thread.complete(Thread.currentThread()));
        return thread;
    }

    @Test
    void its_thread_keeps_neither_the_server_up_nor_anything_of_who_asked_first() throws Exception {
        OF_THE_SERVER.set("an invocation");
        try (Timers timers = new OwnThread("ends")) {
            Thread thread = threadOf(timers).get();
            CompletableFuture<String> seen = new CompletableFuture<>();
            timers.schedule(Duration.ZERO, () -> seen.complete(String.valueOf(OF_THE_SERVER.get())));

            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isSameAs(OwnThread.class.getClassLoader());
            assertThat(seen.get()).isEqualTo("null");
        } finally {
            OF_THE_SERVER.remove();
        }
    }

    @Test
    void its_thread_ends_when_it_is_closed_although_tasks_wait() throws Exception {
        Timers timers = new OwnThread("ends");
        Thread thread = threadOf(timers).get();
        timers.schedule(Duration.ofHours(1), () -> {});

        timers.close();

        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void a_task_that_runs_is_interrupted_when_it_is_closed() throws Exception {
        Timers timers = new OwnThread("ends");
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        timers.schedule(Duration.ZERO, () -> {
            begun.countDown();
            try {
                interrupted.complete(new CountDownLatch(1).await(30, TimeUnit.SECONDS));
            } catch (InterruptedException end) {
                interrupted.complete(true);
            }
        });
        begun.await();

        timers.close();

        assertThat(interrupted.get()).isTrue();
    }
}
