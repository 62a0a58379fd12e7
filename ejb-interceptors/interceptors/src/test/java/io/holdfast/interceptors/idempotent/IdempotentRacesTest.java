package io.holdfast.interceptors.idempotent;

import static io.holdfast.interceptors.idempotent.Calls.inTransaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.idempotent.IdempotentCall.Body;
import io.holdfast.interceptors.idempotent.Shop.Customer;
import io.holdfast.interceptors.idempotent.Shop.Order;
import io.holdfast.interceptors.idempotent.Shop.Receipt;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.jdbc.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Calls with the same key at the same time. */
class IdempotentRacesTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 10;

    private final AtomicInteger runs = new AtomicInteger();

    @ForEachDatabase
    void one_of_many_runs_and_all_get_its_result(TestDatabase database) throws Exception {
        DataSource source = tables(database);
        for (int round = 0; round < ROUNDS; round++) {
            Order order = order(round);
            List<@Nullable Object> results = Together.call(times(
                    source,
                    server -> inTransaction(server, "pay", () -> new Receipt("r" + runs.incrementAndGet()), order)));
            assertThat(results).containsOnly(new Receipt("r" + (round + 1)));
        }
        assertThat(runs).hasValue(ROUNDS);
    }

    @ForEachDatabase
    void when_the_first_one_fails_another_runs(TestDatabase database) throws Exception {
        DataSource source = tables(database);
        List<@Nullable Object> results = Together.call(times(
                source,
                server -> againWhileAnotherRuns(server, () -> {
                    int run = runs.incrementAndGet();
                    if (run <= 3) {
                        throw new IllegalStateException("broken");
                    }
                    return new Receipt("r" + run);
                })));
        assertThat(results).containsOnly("broken", new Receipt("r4"));
        assertThat(results).filteredOn("broken"::equals).hasSize(3);
        assertThat(runs).hasValue(4);
    }

    /** InnoDB ends as a deadlock what waits for the same insert when that is rolled back. */
    private static @Nullable Object againWhileAnotherRuns(FakeServer server, Body body) throws Exception {
        while (true) {
            try {
                return inTransaction(server, "pay", body, order(1));
            } catch (CallRunningException again) {
                assertThat(again).hasMessageStartingWith("HFINT044 ");
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        }
    }

    @ForEachDatabase
    void one_of_many_passes_the_guard_of_a_state(TestDatabase database) throws Exception {
        DataSource source = tables(database);
        try (FakeServer server = new FakeServer(source)) {
            Statements.update(
                    server.connection(), "create table parcel (id bigint primary key, state varchar(10), version int)");
            Statements.update(server.connection(), "insert into parcel values (1, 'NEW', 0)");
        }
        Together.call(times(source, server -> inTransaction(server, "send", runs::incrementAndGet, 1L)));
        assertThat(runs).hasValue(1);
    }

    @ForEachDatabase
    void a_call_beside_a_running_first_one_is_refused_at_once_or_after_its_wait(TestDatabase database)
            throws Exception {
        DataSource source = tables(database);
        try (FakeServer first = new FakeServer(source);
                FakeServer second = new FakeServer(source)) {
            for (String method : List.of("refuse", "impatient")) {
                first.begin();
                Calls.call(first, method, () -> new Receipt("first"), order(1));
                assertThatThrownBy(() -> inTransaction(second, method, () -> new Receipt("second"), order(1)))
                        .isInstanceOf(CallRunningException.class)
                        .hasMessageStartingWith("HFINT044 " + method + " with the key '1'");
                first.end();
                assertThat(inTransaction(second, method, () -> new Receipt("second"), order(1)))
                        .isEqualTo(new Receipt("first"));
            }
        }
    }

    @FunctionalInterface
    private interface Call {
        @Nullable
        Object on(FakeServer server) throws Exception;
    }

    private static List<Callable<@Nullable Object>> times(DataSource source, Call call) {
        List<Callable<@Nullable Object>> calls = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            calls.add(() -> {
                try (FakeServer server = new FakeServer(source)) {
                    return call.on(server);
                }
            });
        }
        return calls;
    }

    private static Order order(long number) {
        return new Order("s", number, new Customer(UUID.randomUUID()));
    }

    private static DataSource tables(TestDatabase database) throws Exception {
        DataSource source = database.empty();
        new IdempotencyTables().create(source);
        return source;
    }
}
