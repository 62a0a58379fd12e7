package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.fence.Fence;
import io.holdfast.interceptors.fence.FenceState;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.tcc.FakeContainer.Jta;
import io.holdfast.interceptors.tcc.FakeContainer.Moment;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods whose change is at another company and in no database of ours, so that a rollback does not take it back. */
@NullUnmarked
class TracedTest implements FakeContainer.Adapter {
    private static final LocalAnswer DONE = new LocalAnswer.Done();
    private static final Object[] AMOUNT = {300L};

    private final Enlisted enlisted = new Enlisted("t", "p");
    private final List<String> effects = new CopyOnWriteArrayList<>();
    private DataSource database;
    private FakeContainer container;
    private Jta caller;
    private LocalParticipant participant;
    private TryCall call;
    private TccDispatcher dispatcher;

    /** Its methods do nothing: what is called is noted by the test. */
    public static class Payments {
        @Compensable(undo = "refund", traced = true)
        public void pay(long amount) {}

        @Compensable(undo = "refund")
        public void payUntraced(long amount) {}

        @Tcc(confirm = "capture", cancel = "refund", traced = true)
        public void authorise(long amount) {}

        @Tcc(confirm = "capture", cancel = "refund", traced = true, fence = false)
        public void contradict(long amount) {}

        public void capture(long amount) {}

        public void refund(long amount) {}
    }

    @Override
    public Enlisted enlist(Jta transaction, LocalParticipant joining) {
        participant = joining;
        return enlisted;
    }

    @Override
    public void store(Enlisted stored, String data) {
        throw new AssertionError("no result is wanted");
    }

    private void open(TestDatabase tested, String method) throws Exception {
        database = tested.empty();
        container = new FakeContainer(database, this);
        TccBeans beans = new TccBeans();
        TccMethod read = read(method);
        beans.add(read);
        Fences fences = new Fences(container);
        fences.prepare(read);
        Tries tries = new Tries();
        call = new TryCall(container, "shop/web", read, fences, tries, container);
        dispatcher = new TccDispatcher(
                container,
                beans,
                fences,
                tries,
                container,
                (called, callback, arguments) -> effects.add(callback.getName()),
                alarm -> {});
        caller = container.begin();
    }

    private static TccMethod read(String method) throws NoSuchMethodException {
        return TccReader.read(Payments.class, Payments.class.getMethod(method, long.class));
    }

    @AfterEach
    void close() throws SQLException {
        if (container != null) {
            container.end(caller);
            container.close();
        }
    }

    private void tries(Callable<?> attempt) throws Exception {
        call.run(AMOUNT, () -> {
            effects.add("try");
            return attempt.call();
        });
    }

    private LocalAnswer decide(Decision decision) {
        return dispatcher.dispatch(new LocalCall(enlisted, participant, decision, 1));
    }

    private FenceState state() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            return new Fence().state(connection, "t", "p").orElseThrow();
        }
    }

    private static Object answerIsLost() throws IOException {
        throw new SocketTimeoutException("no answer, the money may be gone");
    }

    @ForEachDatabase
    void what_was_done_before_an_exception_is_undone(TestDatabase tested) throws Exception {
        open(tested, "pay");

        assertThatThrownBy(() -> tries(TracedTest::answerIsLost)).isInstanceOf(SocketTimeoutException.class);

        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertThat(effects).containsExactly("try", "refund");
    }

    @ForEachDatabase
    void without_a_trace_the_fence_takes_it_for_rolled_back(TestDatabase tested) throws Exception {
        open(tested, "payUntraced");

        assertThatThrownBy(() -> tries(TracedTest::answerIsLost)).isInstanceOf(SocketTimeoutException.class);

        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertThat(effects).containsExactly("try");
    }

    @ForEachDatabase
    void the_trace_has_committed_before_the_method_runs(TestDatabase tested) throws Exception {
        open(tested, "pay");

        tries(() -> {
            // Without the lock, since the method's own transaction has changed the row.
            try (Connection other = database.getConnection();
                    var rows = other.createStatement().executeQuery("select state from holdfast_fence")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(FenceState.TRYING.name());
            }
            return "paid";
        });

        assertThat(state()).isEqualTo(FenceState.TRIED);
    }

    @ForEachDatabase
    void what_was_done_before_a_commit_that_failed_is_cancelled_and_never_confirmed(TestDatabase tested)
            throws Exception {
        open(tested, "authorise");

        interruptSecond(Moment.ACTED);

        assertThatThrownBy(() -> tries(() -> "authorised")).isInstanceOf(SQLException.class);

        assertThat(decide(Decision.CONFIRM)).isInstanceOf(LocalAnswer.Refused.class);
        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertThat(effects).containsExactly("try", "refund");
    }

    /** The first one leaves the trace. */
    private void interruptSecond(Moment interrupted) {
        container.interruptNext(first -> {
            if (first == Moment.COMMITTED) {
                container.interruptNext(second -> {
                    if (second == interrupted) {
                        throw new SQLException("connection lost");
                    }
                });
            }
        });
    }

    /** The row of the confirm is rolled back, and what was captured is not. */
    @ForEachDatabase
    void a_confirm_whose_commit_failed_runs_again(TestDatabase tested) throws Exception {
        open(tested, "authorise");
        tries(() -> "authorised");
        loseNextCommit();

        assertThat(decide(Decision.CONFIRM)).isInstanceOf(LocalAnswer.Failed.class);

        assertThat(decide(Decision.CONFIRM)).isEqualTo(DONE);
        assertThat(effects).containsExactly("try", "capture", "capture");
    }

    /** Why a cancel has to bear that: a person may force it, or a repeated confirm may refuse. */
    @ForEachDatabase
    void a_confirm_whose_commit_failed_leaves_what_it_did_to_a_cancel(TestDatabase tested) throws Exception {
        open(tested, "authorise");
        tries(() -> "authorised");
        loseNextCommit();

        assertThat(decide(Decision.CONFIRM)).isInstanceOf(LocalAnswer.Failed.class);

        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertThat(effects).containsExactly("try", "capture", "refund");
    }

    private void loseNextCommit() {
        container.interruptNext(moment -> {
            if (moment == Moment.ACTED) {
                throw new SQLException("connection lost");
            }
        });
    }

    @ForEachDatabase
    void each_is_let_through_once(TestDatabase tested) throws Exception {
        open(tested, "authorise");

        tries(() -> "authorised");

        assertThat(decide(Decision.CONFIRM)).isEqualTo(DONE);
        assertThat(decide(Decision.CONFIRM)).isEqualTo(DONE);
        assertThat(decide(Decision.CANCEL)).isInstanceOf(LocalAnswer.Refused.class);
        assertThat(effects).containsExactly("try", "capture");
    }

    @ForEachDatabase
    void a_cancel_between_the_trace_and_the_method_keeps_it_from_running(TestDatabase tested) throws Exception {
        open(tested, "authorise");
        container.interruptNext(moment -> {
            if (moment == Moment.COMMITTED) {
                cancelledMeanwhile();
            }
        });

        assertThatThrownBy(() -> tries(() -> "authorised"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFINT062");

        assertThat(effects).isEmpty();
        assertThat(state()).isEqualTo(FenceState.CANCELLED);
    }

    private void cancelledMeanwhile() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            new Fence().cancelBegins(connection, "t", "p");
            connection.commit();
        }
    }

    @ForEachDatabase
    void a_trace_that_cannot_be_left_keeps_the_method_from_running(TestDatabase tested) throws Exception {
        open(tested, "authorise");
        container.interruptNext(moment -> {
            throw new SQLException("connection lost");
        });

        assertThatThrownBy(() -> tries(() -> "authorised")).isInstanceOf(SQLException.class);

        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertThat(effects).isEmpty();
        assertThat(caller.canCommit()).isFalse();
    }

    @ForEachDatabase
    void a_trace_of_which_nobody_knows_whether_it_was_left_is_cancelled(TestDatabase tested) throws Exception {
        open(tested, "authorise");
        container.interruptNext(moment -> {
            if (moment == Moment.COMMITTED) {
                throw new SQLException("connection lost");
            }
        });

        assertThatThrownBy(() -> tries(() -> "authorised")).isInstanceOf(SQLException.class);

        assertThat(state()).isEqualTo(FenceState.TRYING);
        assertThat(decide(Decision.CONFIRM)).isInstanceOf(LocalAnswer.Refused.class);
        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertThat(effects).containsExactly("refund");
    }

    @Test
    void a_data_source_is_needed() throws Exception {
        FakeAdapter noDatabase = new FakeAdapter();

        assertThatThrownBy(() -> new Fences(noDatabase).prepare(read("pay")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Payments.class.getName() + "#pay")
                .hasMessageContaining(Fences.DEFAULT);
    }

    @Test
    void it_is_a_contradiction_without_a_fence() {
        assertThatThrownBy(() -> read("contradict"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "HFINT060 " + Payments.class.getName() + "#contradict is @Tcc, but it is traced");
    }
}
