package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.fence.Fence;
import io.holdfast.interceptors.fence.TestClock;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.tcc.FakeContainer.Jta;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the fence's rows of an application that does nothing about them. */
class FenceRetentionTest implements FakeContainer.Adapter {
    private static final String OTHER = "java:app/jdbc/other";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration LONGER = Duration.ofDays(8);

    private final TestClock clock = new TestClock();
    private final Map<String, Object> names = new HashMap<>();
    private final Fence fence = new Fence(clock);
    private final Fences fences = new Fences(this::find, fence);
    private final List<FakeContainer> containers = new ArrayList<>();
    private final FakeScheduler scheduler = new FakeScheduler();
    private final Told told = new Told();
    private final Logger logger = Logger.getLogger("io.holdfast.interceptors");
    private boolean databaseIsAway;

    public static class Seats {
        @Tcc(confirm = "book", cancel = "release")
        public void hold(long seat) {}

        @Tcc(confirm = "book", cancel = "release", dataSource = OTHER)
        public void holdElsewhere(long seat) {}

        public void book(long seat) {}

        public void release(long seat) {}
    }

    /** Runs what it has when the test lets time pass. */
    private final class FakeScheduler {
        private @Nullable Runnable task;
        private Duration interval = FenceRetention.WAKE;
        private boolean cancelled;

        ScheduledExecutorService executor() {
            return fake(ScheduledExecutorService.class, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("scheduleWithFixedDelay");
                assertThat(arguments[1]).isEqualTo(arguments[2]);
                task = (Runnable) arguments[0];
                interval = Duration.of((Long) arguments[1], ((TimeUnit) arguments[3]).toChronoUnit());
                return future();
            });
        }

        private ScheduledFuture<?> future() {
            return fake(ScheduledFuture.class, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("cancel");
                assertThat(arguments[0]).isEqualTo(false);
                cancelled = true;
                return true;
            });
        }

        void pass(Duration time) {
            for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(interval)) {
                clock.advance(interval);
                if (task != null && !cancelled) {
                    task.run();
                }
            }
        }
    }

    private static final class Told extends Handler {
        private final List<String> warnings = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Enlisted enlist(Jta caller, LocalParticipant participant) {
        throw new AssertionError("nobody enlists");
    }

    @Override
    public void store(Enlisted participant, String data) {
        throw new AssertionError("nothing is stored");
    }

    @BeforeEach
    void listen() {
        logger.addHandler(told);
        names.put(FenceRetention.EXECUTOR, scheduler.executor());
    }

    @AfterEach
    void close() throws SQLException {
        logger.removeHandler(told);
        for (FakeContainer container : containers) {
            container.close();
        }
    }

    private Object find(String name) throws NamingException {
        Object found = names.get(name);
        if (found == null) {
            throw new NameNotFoundException(name);
        }
        return found;
    }

    /** A database of the application, with the table. */
    private DataSource open(TestDatabase tested, String name, String method) throws Exception {
        DataSource database = tested.empty();
        FakeContainer container = new FakeContainer(database, this);
        containers.add(container);
        DataSource source = container.dataSource();
        names.put(name, fake(DataSource.class, (proxy, called, arguments) -> {
            if (databaseIsAway) {
                throw new SQLException("the database is away");
            }
            return source.getConnection();
        }));
        fences.prepare(TccReader.read(Seats.class, Seats.class.getMethod(method, long.class)));
        return database;
    }

    private DataSource open(TestDatabase tested) throws Exception {
        return open(tested, Fences.DEFAULT, "hold");
    }

    private FenceRetention start(Duration age) {
        FenceRetention retention = new FenceRetention(fences, new InAll(), age, clock);
        retention.start(this::find);
        return retention;
    }

    /** A transaction of its own in each of the databases. */
    private final class InAll extends OwnTransaction {
        @Override
        public @Nullable Object call(Callable<?> work) throws Exception {
            Callable<?> all = work;
            for (FakeContainer container : containers) {
                Callable<?> inner = all;
                all = () -> container.call(inner);
            }
            return all.call();
        }
    }

    private interface Calls {
        void on(Connection connection) throws SQLException;
    }

    private static void commit(DataSource database, Calls calls) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            calls.on(connection);
            connection.commit();
        }
    }

    private void finish(DataSource database, String... transactions) throws SQLException {
        commit(database, connection -> {
            for (String transaction : transactions) {
                fence.tryBegins(connection, transaction, "p");
                fence.confirmBegins(connection, transaction, "p");
            }
        });
    }

    private static List<String> rows(DataSource database) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select transaction_id, state from holdfast_fence order by transaction_id")) {
            while (found.next()) {
                rows.add(found.getString(1) + " " + found.getString(2));
            }
        }
        return rows;
    }

    @ForEachDatabase
    void what_was_finished_longer_ago_than_the_retention_goes_and_open_work_stays_however_old(TestDatabase tested)
            throws Exception {
        DataSource database = open(tested);
        finish(database, "confirmed");
        commit(database, connection -> {
            fence.cancelBegins(connection, "cancelled", "p");
            fence.tryBegins(connection, "open", "p");
            fence.traceTry(connection, "traced", "p");
            fence.tryBegins(connection, "late", "p");
        });
        clock.advance(LONGER);
        finish(database, "late", "young");
        start(WEEK);

        scheduler.pass(Duration.ofHours(1));

        assertThat(rows(database)).containsExactly("late CONFIRMED", "open TRIED", "traced TRYING", "young CONFIRMED");
        assertThat(told.warnings).isEmpty();
    }

    @ForEachDatabase
    void more_than_a_batch_is_removed_in_one_run(TestDatabase tested) throws Exception {
        DataSource database = open(tested);
        commit(database, connection -> {
            for (int row = 0; row < 2 * FenceRetention.BATCH + 1; row++) {
                fence.cancelBegins(connection, "t" + row, "p");
            }
        });
        clock.advance(LONGER);
        start(WEEK);

        scheduler.pass(Duration.ofHours(1));

        assertThat(rows(database)).isEmpty();
    }

    @Test
    void the_first_run_comes_after_an_hour_and_then_one_each_hour() throws Exception {
        DataSource database = open(TestDatabase.H2);
        finish(database, "first");
        clock.advance(LONGER);
        start(WEEK);

        scheduler.pass(Duration.ofMinutes(55));
        assertThat(rows(database)).containsExactly("first CONFIRMED");
        scheduler.pass(Duration.ofMinutes(5));
        assertThat(rows(database)).isEmpty();

        finish(database, "second");
        scheduler.pass(WEEK);
        assertThat(rows(database)).containsExactly("second CONFIRMED");
        scheduler.pass(Duration.ofHours(1));
        assertThat(rows(database)).isEmpty();
    }

    @ForEachDatabase
    void all_data_sources_are_cleaned_also_those_that_only_the_tries_of_an_earlier_version_name(TestDatabase tested)
            throws Exception {
        DataSource database = open(tested);
        DataSource other = open(tested, OTHER, "holdElsewhere");
        DataSource earlier = tested.empty();
        FakeContainer container = new FakeContainer(earlier, this);
        containers.add(container);
        names.put("java:app/jdbc/earlier", container.dataSource());
        start(WEEK);
        TccMethod method = TccReader.read(Seats.class, Seats.class.getMethod("hold", long.class));
        fences.prepare(method, new TryNotes(Optional.of("java:app/jdbc/earlier"), "", false));
        for (DataSource each : List.of(database, other, earlier)) {
            finish(each, "t");
        }
        clock.advance(LONGER);

        scheduler.pass(Duration.ofMinutes(5));

        for (DataSource each : List.of(database, other, earlier)) {
            assertThat(rows(each)).isEmpty();
        }
    }

    @ForEachDatabase
    void a_database_that_is_away_is_told_of_once_and_tried_again(TestDatabase tested) throws Exception {
        DataSource database = open(tested);
        finish(database, "t");
        clock.advance(LONGER);
        start(WEEK);

        databaseIsAway = true;
        scheduler.pass(Duration.ofHours(3));
        assertThat(told.warnings)
                .singleElement()
                .asString()
                .contains("HFINT081", Fences.DEFAULT, "the database is away");

        databaseIsAway = false;
        scheduler.pass(Duration.ofHours(1));
        assertThat(rows(database)).isEmpty();

        databaseIsAway = true;
        scheduler.pass(Duration.ofHours(2));
        assertThat(told.warnings).hasSize(2);
    }

    @Test
    void a_database_that_is_away_does_not_keep_another_from_being_cleaned() throws Exception {
        open(TestDatabase.H2);
        DataSource away = fake(DataSource.class, (proxy, method, arguments) -> {
            throw new SQLException("away");
        });
        names.put(OTHER, away);
        TccMethod elsewhere = TccReader.read(Seats.class, Seats.class.getMethod("holdElsewhere", long.class));
        assertThatThrownBy(() -> fences.prepare(elsewhere)).hasMessage("away");
        DataSource last = open(TestDatabase.H2, Fences.DEFAULT + "2", "hold");
        TccMethod method = TccReader.read(Seats.class, Seats.class.getMethod("hold", long.class));
        fences.prepare(method, new TryNotes(Optional.of(Fences.DEFAULT + "2"), "", false));
        finish(last, "t");
        clock.advance(LONGER);
        start(WEEK);

        scheduler.pass(Duration.ofHours(1));

        assertThat(rows(last)).isEmpty();
        assertThat(told.warnings).singleElement().asString().contains(OTHER);
    }

    @Test
    void nothing_runs_when_it_is_closed() throws Exception {
        DataSource database = open(TestDatabase.H2);
        finish(database, "t");
        clock.advance(LONGER);
        FenceRetention retention = start(WEEK);

        retention.close();
        scheduler.pass(LONGER);
        assertThat(scheduler.cancelled).isTrue();
        // As a run that had begun to wait for its turn.
        retention.run();

        assertThat(rows(database)).containsExactly("t CONFIRMED");
    }

    @Test
    void a_close_waits_for_the_batch_under_way_and_no_other_follows() throws Exception {
        DataSource database = open(TestDatabase.H2);
        commit(database, connection -> {
            for (int row = 0; row < 2 * FenceRetention.BATCH; row++) {
                fence.cancelBegins(connection, "t" + row, "p");
            }
        });
        clock.advance(LONGER);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        OwnTransaction held = new OwnTransaction() {
            @Override
            public @Nullable Object call(Callable<?> work) throws Exception {
                begun.countDown();
                goOn.await();
                return new InAll().call(work);
            }
        };
        FenceRetention retention = new FenceRetention(fences, held, WEEK, clock);
        clock.advance(FenceRetention.INTERVAL);
        Thread run = new Thread(retention);
        run.start();
        begun.await();
        Thread close = new Thread(retention::close);
        close.start();
        while (close.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        goOn.countDown();
        close.join();

        assertThat(rows(database)).hasSize(FenceRetention.BATCH);
        run.join();
    }

    @Test
    void with_a_retention_of_0_nothing_is_ever_removed() throws Exception {
        DataSource database = open(TestDatabase.H2);
        finish(database, "t");
        FenceRetention retention = start(FenceRetention.age("0"));

        assertThat(scheduler.task).isNull();
        clock.advance(Duration.ofDays(10_000));
        scheduler.pass(LONGER);
        retention.close();

        assertThat(rows(database)).containsExactly("t CONFIRMED");
        assertThat(told.warnings).isEmpty();
    }

    @Test
    void without_an_executor_the_application_runs_and_is_told_that_rows_stay() {
        names.remove(FenceRetention.EXECUTOR);
        start(WEEK).close();
        assertThat(told.warnings).singleElement().asString().contains("HFINT082", FenceRetention.EXECUTOR);
    }

    @Test
    void an_executor_that_takes_nothing_does_not_fail_the_application() {
        names.put(FenceRetention.EXECUTOR, fake(ScheduledExecutorService.class, (proxy, method, arguments) -> {
            throw new RejectedExecutionException("suspended");
        }));
        start(WEEK).close();
        assertThat(told.warnings).singleElement().asString().contains("HFINT082", "suspended");
    }

    @Test
    void the_retention_is_a_week_unless_another_number_of_days_is_set() {
        assertThat(FenceRetention.age(null)).isEqualTo(WEEK);
        assertThat(FenceRetention.age("1")).isEqualTo(Duration.ofDays(1));
        assertThat(FenceRetention.age(" 3650 ")).isEqualTo(Duration.ofDays(3650));
        assertThat(FenceRetention.age("0")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "3651", "", "7d", "1.5", "99999999999"})
    void what_is_no_number_of_days_within_the_bounds_fails_the_deployment_by_number_value_and_bounds(String wrong) {
        System.setProperty(FenceRetention.SETTING, wrong);
        try {
            assertThat(problemsOf(new TccExtension(), Seats.class))
                    .singleElement()
                    .asString()
                    .contains(
                            "HFINT080 " + FenceRetention.SETTING + " is '" + wrong + "': allowed are 1 to 3650, and 0");
            assertThat(problemsOf(new TccExtension(), Object.class)).isEmpty();
        } finally {
            System.clearProperty(FenceRetention.SETTING);
        }
    }

    private static List<Object> problemsOf(TccExtension extension, Class<?> bean) {
        List<Object> problems = new ArrayList<>();
        extension.read(fake(ProcessAnnotatedType.class, (proxy, method, arguments) -> type(bean)));
        extension.report(fake(AfterDeploymentValidation.class, (proxy, method, arguments) -> {
            problems.add(arguments[0]);
            return null;
        }));
        return problems;
    }

    private static AnnotatedType<?> type(Class<?> bean) {
        return fake(AnnotatedType.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getJavaClass" -> bean;
            case "isAnnotationPresent" -> false;
            case "getMethods" -> methods(bean);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static Set<Object> methods(Class<?> bean) {
        return Set.of(Arrays.stream(bean.getDeclaredMethods())
                .map(FenceRetentionTest::method)
                .toArray());
    }

    private static Object method(Method method) {
        return fake(AnnotatedMethod.class, (proxy, called, arguments) -> switch (called.getName()) {
            case "hashCode" -> method.hashCode();
            case "equals" -> proxy == arguments[0];
            default -> method;
        });
    }
}
