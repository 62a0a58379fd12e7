package io.holdfast.interceptors.fence;

import static io.holdfast.interceptors.fence.Verdict.ALREADY_DONE;
import static io.holdfast.interceptors.fence.Verdict.NOTHING_TO_CANCEL;
import static io.holdfast.interceptors.fence.Verdict.REFUSED;
import static io.holdfast.interceptors.fence.Verdict.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.fence.StandaloneFence.Change;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.jdbc.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A participant whose effects are in a list and in no database. */
class StandaloneFenceTest {
    private static final Change BROKEN = () -> {
        throw new IllegalStateException("broken");
    };

    private final List<String> effects = new CopyOnWriteArrayList<>();

    @ForEachDatabase
    void each_call_runs_once(TestDatabase database) throws Exception {
        StandaloneFence fence = open(database.empty());
        assertThat(fence.tries("t", "p", () -> effects.add("try"))).isEqualTo(RUN);
        assertThat(fence.tries("t", "p", () -> effects.add("try"))).isEqualTo(ALREADY_DONE);
        assertThat(fence.confirms("t", "p", () -> effects.add("confirm"))).isEqualTo(RUN);
        assertThat(fence.confirms("t", "p", () -> effects.add("confirm"))).isEqualTo(ALREADY_DONE);
        assertThat(fence.cancels("t", "p", () -> effects.add("cancel"))).isEqualTo(REFUSED);
        assertThat(effects).containsExactly("try", "confirm");
    }

    @ForEachDatabase
    void a_cancel_without_a_try_is_remembered(TestDatabase database) throws Exception {
        StandaloneFence fence = open(database.empty());
        assertThat(fence.cancels("t", "p", () -> effects.add("cancel"))).isEqualTo(NOTHING_TO_CANCEL);
        assertThat(fence.tries("t", "p", () -> effects.add("try"))).isEqualTo(REFUSED);
        assertThat(effects).isEmpty();
    }

    @ForEachDatabase
    void a_try_that_throws_keeps_its_trace_so_that_the_cancel_runs(TestDatabase database) throws Exception {
        StandaloneFence fence = open(database.empty());
        Change halfWay = () -> {
            effects.add("half a try");
            throw new IllegalStateException("broken");
        };
        assertThatThrownBy(() -> fence.tries("t", "p", halfWay)).hasMessage("broken");
        assertThat(fence.tries("t", "p", () -> effects.add("try"))).isEqualTo(REFUSED);
        assertThat(fence.confirms("t", "p", () -> effects.add("confirm"))).isEqualTo(REFUSED);
        assertThat(fence.cancels("t", "p", () -> effects.add("cancel"))).isEqualTo(RUN);
        assertThat(fence.cancels("t", "p", () -> effects.add("cancel"))).isEqualTo(ALREADY_DONE);
        assertThat(effects).containsExactly("half a try", "cancel");
    }

    @ForEachDatabase
    void a_confirm_or_cancel_that_throws_can_be_repeated(TestDatabase database) throws Exception {
        StandaloneFence fence = open(database.empty());
        fence.tries("a", "p", () -> effects.add("try"));
        assertThatThrownBy(() -> fence.confirms("a", "p", BROKEN)).hasMessage("broken");
        assertThat(fence.confirms("a", "p", () -> effects.add("confirm"))).isEqualTo(RUN);
        fence.tries("b", "p", () -> effects.add("try"));
        assertThatThrownBy(() -> fence.cancels("b", "p", BROKEN)).hasMessage("broken");
        assertThat(fence.cancels("b", "p", () -> effects.add("cancel"))).isEqualTo(RUN);
    }

    @ForEachDatabase
    void a_cancel_waits_for_the_try_that_is_under_way(TestDatabase database) throws Exception {
        StandaloneFence fence = open(database.empty());
        CountDownLatch trying = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            CompletableFuture<Verdict> tried = supply(
                    executor,
                    () -> fence.tries("t", "p", () -> {
                        trying.countDown();
                        goOn.await();
                        effects.add("try");
                    }));
            trying.await();
            CompletableFuture<Verdict> cancelled =
                    supply(executor, () -> fence.cancels("t", "p", () -> effects.add("cancel")));
            assertThat(cancelled
                            .completeOnTimeout(REFUSED, 300, TimeUnit.MILLISECONDS)
                            .isDone())
                    .isFalse();
            goOn.countDown();
            assertThat(tried.get(20, TimeUnit.SECONDS)).isEqualTo(RUN);
        } finally {
            goOn.countDown();
            executor.shutdown();
            assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(effects).containsExactly("try", "cancel");
    }

    @ForEachDatabase
    void one_of_many_confirms_runs(TestDatabase database) throws Exception {
        StandaloneFence fence = open(database.empty());
        fence.tries("t", "p", () -> effects.add("try"));
        Callable<Verdict> confirm = () -> fence.confirms("t", "p", () -> effects.add("confirm"));
        assertThat(Together.call(Collections.nCopies(8, confirm)))
                .containsOnlyOnce(RUN)
                .containsOnly(RUN, ALREADY_DONE);
        assertThat(effects).containsExactly("try", "confirm");
    }

    @ForEachDatabase
    void the_clean_up_goes_through_the_whole_table(TestDatabase database) throws Exception {
        DataSource source = database.empty();
        TestClock clock = new TestClock();
        Fence fence = new Fence(clock);
        fence.createTable(source);
        int finished = 1_100;
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            for (int number = 0; number < finished; number++) {
                fence.cancelBegins(connection, "cancelled-" + number, "p");
            }
            fence.tryBegins(connection, "open", "p");
            connection.commit();
        }
        clock.advance(Duration.ofDays(8));
        FenceCleanup cleanup = new FenceCleanup(fence, OwnTransactions.of(source));
        assertThat(cleanup.run(Duration.ofDays(7))).isEqualTo(finished);
        assertThat(cleanup.run(Duration.ofDays(7))).isZero();
        OwnTransactions.of(source).call(connection -> assertThat(fence.state(connection, "open", "p"))
                .contains(FenceState.TRIED));
    }

    private static CompletableFuture<Verdict> supply(ExecutorService executor, Callable<Verdict> call) {
        CompletableFuture<Verdict> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(call.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static StandaloneFence open(DataSource source) throws SQLException {
        Fence fence = new Fence();
        fence.createTable(source);
        return new StandaloneFence(fence, OwnTransactions.of(source));
    }
}
