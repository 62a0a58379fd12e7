package io.holdfast.interceptors.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.fence.OwnTransactions;
import io.holdfast.interceptors.fence.TestClock;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.jdbc.Together;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
    static final RelaySettings SETTINGS =
            new RelaySettings(Duration.ofMillis(20), 2, 3, Duration.ofSeconds(1), Duration.ofSeconds(10));

    /** Two keys of one partition. */
    static final String KEY = "Aa";

    static final String SAME_PARTITION = "BB";

    private final TestClock clock = new TestClock();
    private final Outbox outbox = new Outbox(clock);
    private final Recording broker = new Recording();

    @ForEachDatabase
    void what_was_committed_is_relayed_in_order_and_leaves_the_table(TestDatabase database) throws Exception {
        DataSource source = open(database);
        add(source, "a", "1", "2", "3", "4", "5", "6", "7");
        relay(source);
        assertThat(broker.taken).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(waiting(source)).isZero();
        assertThat(broker.openSessions).hasValue(0);
    }

    @ForEachDatabase
    void what_the_broker_has_is_not_sent_again_when_its_session_does_not_close(TestDatabase database) throws Exception {
        DataSource source = open(database);
        broker.failingClose = true;
        add(source, "a", "1", "2", "3");
        relay(source);
        assertThat(broker.taken).containsExactly("1", "2", "3");
        assertThat(waiting(source)).isZero();
    }

    @ForEachDatabase
    void what_was_rolled_back_is_never_relayed(TestDatabase database) throws Exception {
        DataSource source = open(database);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            outbox.add(connection, message("1", "a"));
            connection.rollback();
        }
        relay(source);
        assertThat(broker.taken).isEmpty();
    }

    @ForEachDatabase
    void a_message_keeps_its_text_and_properties(TestDatabase database) throws Exception {
        DataSource source = open(database);
        OutgoingMessage message = OutgoingMessage.to("java:app/jms/q", "ä€😀 " + "x".repeat(100_000))
                .with("shop", "fruit & \"nuts\"")
                .with("empty", "");
        List<OutgoingMessage> taken = new ArrayList<>();
        OwnTransactions.of(source).call(connection -> {
            outbox.add(connection, message);
            return true;
        });
        Broker keeping = () -> new Broker.Session() {
            @Override
            public void send(OutgoingMessage one) {
                taken.add(one);
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        relay(source, keeping).relayDue();
        assertThat(taken).containsExactly(message);
    }

    @ForEachDatabase
    void one_that_the_broker_does_not_take_holds_back_its_key_only_and_is_tried_at_growing_intervals(
            TestDatabase database) throws Exception {
        DataSource source = open(database);
        broker.refused.add("a1");
        add(source, "a", "a1", "a2", "a3", "a4", "a5");
        add(source, "b", "b1", "b2");
        add(source, "", "c1");
        for (int turn = 0; turn < 20; turn++) {
            relay(source);
        }
        assertThat(broker.taken).containsExactlyInAnyOrder("b1", "b2", "c1").containsSubsequence("b1", "b2");
        assertThat(attempts(source, "a1")).isEqualTo(1);

        add(source, "a", "a6");
        for (int seconds : List.of(1, 2, 4, 8, 10, 10)) {
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            int before = attempts(source, "a1");
            relay(source);
            assertThat(attempts(source, "a1"))
                    .as("before the " + seconds + " s are over")
                    .isEqualTo(before);
            clock.advance(Duration.ofMillis(1));
            relay(source);
            assertThat(attempts(source, "a1")).as("after " + seconds + " s").isEqualTo(before + 1);
        }

        broker.refused.clear();
        clock.advance(Duration.ofSeconds(10));
        for (int turn = 0; turn < 10; turn++) {
            relay(source);
        }
        assertThat(broker.taken).endsWith("a1", "a2", "a3", "a4", "a5", "a6");
        assertThat(waiting(source)).isZero();
    }

    /** In the same partitions, with fewer in a batch than what fails. */
    @ForEachDatabase
    void many_that_the_broker_never_takes_keep_back_nobody_else(TestDatabase database) throws Exception {
        DataSource source = open(database);
        int keys = 20;
        CountDownLatch good = new CountDownLatch(2 * keys);
        Recording counting = new Recording() {
            @Override
            void take(String id) {
                super.take(id);
                good.countDown();
            }
        };
        for (int key = 0; key < 50; key++) {
            counting.refused.add("bad" + key);
            add(source, "dead" + key, "bad" + key, "behind" + key);
        }
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
        try (OutboxRelay relay = new OutboxRelay(
                new RelayDatabase.Local(OwnTransactions.of(source)),
                new Transactions.None(),
                counting,
                SETTINGS,
                InstantSource.system())) {
            relay.start(executor);
            for (int key = 0; key < keys; key++) {
                add(source, "k" + key, key + "-1", key + "-2");
            }
            assertThat(good.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdownNow();
        }
        assertThat(counting.taken).hasSize(2 * keys);
        for (int key = 0; key < keys; key++) {
            assertThat(counting.taken).containsSubsequence(key + "-1", key + "-2");
        }
    }

    @ForEachDatabase
    void one_that_has_failed_goes_after_those_that_were_never_tried(TestDatabase database) throws Exception {
        DataSource source = open(database);
        broker.refused.add("1");
        add(source, KEY, "1");
        relay(source);
        broker.refused.clear();
        clock.advance(Duration.ofSeconds(1));
        add(source, KEY, "2");
        add(source, SAME_PARTITION, "3");
        relay(source, broker).relayDue();
        assertThat(broker.taken).containsExactly("3", "1", "2");
    }

    @ForEachDatabase
    void one_that_has_failed_has_its_turn_beside_many_that_fail_for_the_first_time(TestDatabase database)
            throws Exception {
        DataSource source = open(database);
        List<String> keys = List.of("");
        for (int length = 0; length < 4; length++) {
            keys = keys.stream()
                    .flatMap(key -> Stream.of(key + KEY, key + SAME_PARTITION))
                    .toList();
        }
        broker.refused.add("again");
        add(source, keys.get(0), "again");
        relay(source);
        broker.refused.clear();
        clock.advance(Duration.ofSeconds(1));
        for (String key : keys.subList(1, 12)) {
            broker.refused.add(key);
            add(source, key, key);
        }
        manyInABatch(source).relayDue();
        assertThat(broker.taken).containsExactly("again");
    }

    @ForEachDatabase
    void a_broker_that_takes_nothing_is_not_asked_for_each_message(TestDatabase database) throws Exception {
        DataSource source = open(database);
        String[] ids = IntStream.range(0, 200).mapToObj(number -> "m" + number).toArray(String[]::new);
        broker.refused.addAll(List.of(ids));
        add(source, "", ids);
        Turn.Outcome outcome = manyInABatch(source).relayDue();
        assertThat(outcome.relayed()).isZero();
        assertThat(outcome.failed()).isTrue();
        try (Connection connection = source.getConnection()) {
            assertThat(Statements.text(connection, "select count(*) from holdfast_outbox where attempts = 1"))
                    .hasValue("80");
        }
    }

    @ForEachDatabase
    void a_broker_that_is_down_loses_nothing_and_gets_all_when_it_is_back(TestDatabase database) throws Exception {
        DataSource source = open(database);
        broker.down = true;
        add(source, "a", "1", "2");
        add(source, "b", "3");
        for (int turn = 0; turn < 5; turn++) {
            relay(source);
            clock.advance(Duration.ofSeconds(3));
        }
        assertThat(waiting(source)).isEqualTo(3);
        broker.down = false;
        clock.advance(Duration.ofSeconds(10));
        for (int turn = 0; turn < 5; turn++) {
            relay(source);
        }
        assertThat(broker.taken).containsExactlyInAnyOrder("1", "2", "3").containsSubsequence("1", "2");
    }

    @ForEachDatabase
    void a_crash_between_the_send_and_the_commit_sends_again_in_the_same_order(TestDatabase database) throws Exception {
        DataSource source = open(database);
        add(source, "a", "1", "2");
        AtomicBoolean crash = new AtomicBoolean(true);
        OwnTransactions real = OwnTransactions.of(source);
        OwnTransactions crashing = new OwnTransactions() {
            @Override
            public <T> T call(Work<T> work) throws Exception {
                return real.call(connection -> {
                    T result = work.on(connection);
                    if (!broker.taken.isEmpty() && crash.getAndSet(false)) {
                        throw new SQLException("the server dies");
                    }
                    return result;
                });
            }
        };
        OutboxRelay relay =
                new OutboxRelay(new RelayDatabase.Local(crashing), new Transactions.None(), broker, SETTINGS, clock);
        assertThat(relay.relayDue().relayed()).isZero();
        clock.advance(Duration.ofSeconds(1));
        relay.relayDue();
        assertThat(broker.taken).containsExactly("1", "2", "1", "2");
        assertThat(waiting(source)).isZero();
    }

    @ForEachDatabase
    void a_message_that_a_person_discards_lets_those_behind_it_follow(TestDatabase database) throws Exception {
        DataSource source = open(database);
        broker.refused.add("1");
        add(source, "a", "1", "2", "3");
        relay(source);
        OwnTransactions.of(source).call(connection -> {
            assertThat(outbox.discard(connection, "1")).isTrue();
            assertThat(outbox.discard(connection, "1")).isFalse();
            return true;
        });
        relay(source);
        assertThat(broker.taken).containsExactly("2", "3");
    }

    /** One commits late; what came behind a failed message must not pass it. */
    @ForEachDatabase
    void a_sender_that_commits_late_goes_before_the_failed_one_that_was_sent_after_it(TestDatabase database)
            throws Exception {
        DataSource source = open(database);
        broker.refused.add("2");
        try (Connection late = source.getConnection()) {
            late.setAutoCommit(false);
            outbox.add(late, message("1", "a"));
            add(source, "a", "2", "3");
            relay(source);
            late.commit();
        }
        relay(source);
        assertThat(broker.taken).containsExactly("1");
        broker.refused.clear();
        clock.advance(Duration.ofSeconds(2));
        relay(source);
        relay(source);
        assertThat(broker.taken).containsExactly("1", "2", "3");
    }

    /** One that is due again, one that waits behind it for an hour, and one that nobody has looked at yet. */
    @ForEachDatabase
    void a_fresh_one_does_not_pass_those_that_wait_behind_the_failed_one_when_that_goes(TestDatabase database)
            throws Exception {
        DataSource source = open(database);
        broker.refused.add("a1");
        add(source, "a", "a1", "a2");
        relay(source);
        broker.refused.clear();
        clock.advance(Duration.ofSeconds(1));
        add(source, "a", "a3");
        relay(source);
        assertThat(broker.taken).containsExactly("a1", "a2", "a3");
        assertThat(waiting(source)).isZero();
    }

    @ForEachDatabase
    void a_fresh_one_does_not_pass_the_many_that_are_called_a_batch_at_a_time(TestDatabase database) throws Exception {
        DataSource source = open(database);
        broker.refused.add("a1");
        add(source, "a", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8");
        for (int turn = 0; turn < 5; turn++) {
            relay(source);
        }
        broker.refused.clear();
        clock.advance(Duration.ofSeconds(1));
        relay(source, broker).relayDue();
        assertThat(broker.taken).containsExactly("a1");
        add(source, "a", "a9");
        relay(source);
        assertThat(broker.taken).containsExactly("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9");
    }

    @ForEachDatabase
    void one_behind_a_failed_one_does_not_pass_it_together_with_one_that_commits_late(TestDatabase database)
            throws Exception {
        DataSource source = open(database);
        broker.refused.add("2");
        try (Connection late = source.getConnection()) {
            late.setAutoCommit(false);
            outbox.add(late, message("1", "a"));
            add(source, "a", "2");
            relay(source);
            add(source, "a", "3");
            late.commit();
        }
        relay(source);
        assertThat(broker.taken).containsExactly("1");
        broker.refused.clear();
        clock.advance(Duration.ofSeconds(2));
        relay(source);
        assertThat(broker.taken).containsExactly("1", "2", "3");
    }

    @ForEachDatabase
    void relays_of_a_cluster_share_the_keys_and_keep_their_order(TestDatabase database) throws Exception {
        DataSource source = open(database);
        assertShared(source, broker, () -> relay(source, broker));
    }

    /** @param node gives a relay of its own to each node */
    static void assertShared(DataSource source, Recording broker, Supplier<OutboxRelay> node) throws Exception {
        int keys = 20;
        int each = 15;
        for (int number = 0; number < each; number++) {
            for (int key = 0; key < keys; key++) {
                add(source, "k" + key, "k" + key + "-" + number);
            }
        }
        List<Callable<Boolean>> nodes = new ArrayList<>();
        for (int count = 0; count < 4; count++) {
            nodes.add(() -> {
                OutboxRelay relay = node.get();
                while (waiting(source) > 0) {
                    relay.relayDue();
                }
                return true;
            });
        }
        Together.call(nodes);
        assertThat(broker.first()).hasSize(keys * each);
        assertThat(broker.taken).as("without a crash nothing is sent twice").hasSize(keys * each);
        Map<String, List<String>> byKey = new HashMap<>();
        broker.taken.forEach(id -> byKey.computeIfAbsent(id.split("-", 2)[0], key -> new ArrayList<>())
                .add(id));
        byKey.forEach((key, taken) -> assertThat(taken)
                .isEqualTo(IntStream.range(0, each)
                        .mapToObj(number -> key + "-" + number)
                        .toList()));
    }

    @ForEachDatabase
    void a_started_relay_works_until_it_is_closed(TestDatabase database) throws Exception {
        DataSource source = open(database);
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
        try {
            try (OutboxRelay relay = relay(source, broker)) {
                relay.start(executor);
                add(source, "a", "1", "2", "3", "4", "5");
                while (waiting(source) > 0) {
                    Thread.onSpinWait();
                }
            }
            add(source, "a", "6");
            executor.shutdown();
            assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(waiting(source)).isEqualTo(1);
        } finally {
            executor.shutdownNow();
        }
        assertThat(broker.taken).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void a_worker_that_its_executor_ends_says_so_unless_the_relay_is_closed() throws Exception {
        DataSource source = open(TestDatabase.H2);
        ScheduledExecutorService ended = Executors.newScheduledThreadPool(1);
        ended.shutdownNow();
        OutboxRelay relay = relay(source, broker);
        try (Logged logged = Logged.open()) {
            relay.start(ended);
            assertThat(logged.warnings()).hasSize(2).allMatch(warning -> warning.startsWith("HFINT105 "));
            relay.close();
            relay.start(ended);
            assertThat(logged.warnings()).hasSize(2);
        }
    }

    @ForEachDatabase
    void a_row_without_a_transaction_is_refused(TestDatabase database) throws Exception {
        DataSource source = open(database);
        try (Connection connection = source.getConnection()) {
            assertThatThrownBy(() -> outbox.add(connection, message("1", "a"))).hasMessageStartingWith("HFINT031 ");
        }
        assertThat(waiting(source)).isZero();
    }

    @Test
    void settings_out_of_range_are_told_by_name() {
        assertThatThrownBy(() ->
                        new RelaySettings(Duration.ofMillis(20), 9, 3, Duration.ofSeconds(1), Duration.ofSeconds(10)))
                .hasMessage("HFINT098 The relay's workers is 9: allowed are 1 to 8");
        assertThatThrownBy(() ->
                        new RelaySettings(Duration.ofMillis(20), 1, 3, Duration.ofSeconds(10), Duration.ofSeconds(1)))
                .hasMessage("HFINT098 The relay's longestRetry is PT1S: allowed are PT10S to PT24H");
    }

    private DataSource open(TestDatabase database) throws SQLException {
        DataSource source = database.empty();
        outbox.create(source);
        outbox.create(source);
        return source;
    }

    private void relay(DataSource source) throws Exception {
        relayAll(relay(source, broker));
    }

    private OutboxRelay relay(DataSource source, Broker to) {
        return new OutboxRelay(
                new RelayDatabase.Local(OwnTransactions.of(source)), new Transactions.None(), to, SETTINGS, clock);
    }

    private OutboxRelay manyInABatch(DataSource source) {
        RelaySettings large =
                new RelaySettings(SETTINGS.poll(), 1, 1000, SETTINGS.firstRetry(), SETTINGS.longestRetry());
        return new OutboxRelay(
                new RelayDatabase.Local(OwnTransactions.of(source)), new Transactions.None(), broker, large, clock);
    }

    /** A batch is smaller than what waits. */
    static void relayAll(OutboxRelay relay) throws Exception {
        int relayed = 1;
        while (relayed > 0) {
            relayed = relay.relayDue().relayed();
        }
    }

    static void add(DataSource source, String key, String... ids) throws Exception {
        for (String id : ids) {
            OwnTransactions.of(source).call(connection -> {
                new Outbox().add(connection, message(id, key));
                return true;
            });
        }
    }

    private static OutgoingMessage message(String id, String key) {
        return new OutgoingMessage(id, "java:app/jms/q", key, "{}", Collections.emptyMap());
    }

    static long waiting(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return new Outbox().waiting(connection);
        }
    }

    static int attempts(DataSource source, String id) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return Integer.parseInt(
                    Statements.text(connection, "select attempts from holdfast_outbox where message_id = ?", id)
                            .orElseThrow());
        }
    }
}
