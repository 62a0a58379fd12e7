package io.holdfast.lra.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lra.rest.ResteasyTasks;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.CarriedLra;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LraContextProviderTest {
    private static final Optional<ActiveLra> LRA = Optional.of(new ActiveLra("http://c/1", Optional.empty()));
    private static final Optional<ActiveLra> OTHER = Optional.of(new ActiveLra("http://c/2", Optional.empty()));

    private final ThreadContextProvider provider =
            ServiceLoader.load(ThreadContextProvider.class).findFirst().orElseThrow();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    private <T> T onPool(Callable<T> work) throws Exception {
        return pool.submit(work).get(20, TimeUnit.SECONDS);
    }

    private static Optional<ActiveLra> within(ThreadContextSnapshot snapshot) {
        ThreadContextRestorer restorer = snapshot.begin();
        try {
            return ThreadContext.active();
        } finally {
            restorer.endContext();
        }
    }

    @Test
    void a_task_is_in_the_lra_of_the_thread_that_it_comes_from_and_its_own_thread_is_not_afterwards() throws Exception {
        ThreadContextSnapshot snapshot = ThreadContext.callIn(LRA, () -> provider.currentContext(Map.of()));

        assertThat(onPool(() -> within(snapshot))).isEqualTo(LRA);
        assertThat(onPool(ThreadContext::active)).isEmpty();
        assertThat(onPool(() -> within(snapshot))).isEqualTo(LRA);
    }

    @Test
    void a_task_that_its_caller_runs_leaves_the_caller_where_it_is() throws Exception {
        ThreadContextSnapshot snapshot = ThreadContext.callIn(LRA, () -> provider.currentContext(Map.of()));

        ThreadContext.callIn(OTHER, () -> {
            assertThat(within(snapshot)).isEqualTo(LRA);
            assertThat(ThreadContext.active()).isEqualTo(OTHER);
            return true;
        });
    }

    @Test
    void a_context_that_is_cleared_is_in_none() throws Exception {
        ThreadContextSnapshot snapshot = ThreadContext.callIn(LRA, () -> provider.clearedContext(Map.of()));

        assertThat(ThreadContext.callIn(OTHER, () -> within(snapshot))).isEmpty();
        assertThat(provider.getThreadContextType()).isEqualTo("Long-Running-Action");
    }

    @Test
    void it_can_be_switched_off() throws Exception {
        System.setProperty("holdfast.propagation.tasks", "false");
        try {
            ThreadContextSnapshot snapshot = ThreadContext.callIn(LRA, () -> provider.currentContext(Map.of()));
            assertThat(onPool(() -> within(snapshot))).isEmpty();
        } finally {
            System.clearProperty("holdfast.propagation.tasks");
        }
    }

    @Test
    void resteasys_asynchronous_calls_are_in_the_lra_of_their_caller() throws Exception {
        ResteasyTasks tasks = new ResteasyTasks();
        CarriedLra captured = ThreadContext.callIn(LRA, tasks::capture);

        assertThat(onPool(() -> {
                    tasks.push(captured);
                    Optional<ActiveLra> during = ThreadContext.active();
                    tasks.reset(captured);
                    return during;
                }))
                .isEqualTo(LRA);
        assertThat(onPool(ThreadContext::active)).isEmpty();
    }
}
