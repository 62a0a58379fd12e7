package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.jdbc.Together;
import io.holdfast.interceptors.tcc.FakeContainer.Jta;
import io.holdfast.interceptors.tcc.FakeContainer.Moment;
import io.holdfast.interceptors.tcc.TccBook.Side;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;

/** What a network and a server do to a {@code @Tcc} bean with a fence, one thing at a time. */
@NullUnmarked
class TccAnomaliesTest implements FakeContainer.Adapter {
    private static final LocalAnswer DONE = new LocalAnswer.Done();
    private static final String FREEZE = "freeze";
    private static final String UNFREEZE = "unfreeze";
    private static final String DEDUCT = "deduct with ticket of t";
    private static final int AMOUNT = 300;
    private static final int LEFT = TccBook.MONEY - AMOUNT;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Enlisted enlisted = new Enlisted("t", "p");
    private TccBook book;
    private Jta caller;
    private volatile LocalParticipant participant;

    @Override
    public Enlisted enlist(Jta transaction, LocalParticipant joining) {
        participant = joining;
        return enlisted;
    }

    @Override
    public void store(Enlisted stored, String data) {
        participant = new LocalParticipant(
                participant.application(), participant.bean(), participant.method(), participant.signature(), data);
    }

    private void open(TestDatabase database) throws SQLException {
        book = new TccBook(database.empty(), this, true);
        caller = book.container().begin();
    }

    @AfterEach
    void close() throws SQLException {
        threads.shutdownNow();
        book.container().end(caller);
        book.close();
    }

    private Object freeze() throws Exception {
        return book.tries(Side.CUSTOMER, "t", AMOUNT);
    }

    private LocalAnswer decide(Decision decision) {
        return book.dispatch(new LocalCall(enlisted, participant, decision, 1));
    }

    private void interruptNextAt(Moment interrupted, Callable<?> what) {
        book.container().interruptNext(moment -> {
            if (moment == interrupted) {
                what.call();
            }
        });
    }

    private void loseNextAt(Moment lost) {
        interruptNextAt(lost, () -> {
            throw new IOException("lost when it " + lost);
        });
    }

    private void assertBook(int balance, int frozen, String... effects) throws Exception {
        assertThat(book.effects("t")).containsExactlyInAnyOrder(effects);
        assertThat(book.balance(Side.CUSTOMER)).isEqualTo(balance);
        assertThat(book.frozen(Side.CUSTOMER)).isEqualTo(frozen);
    }

    @ForEachDatabase
    void a_confirm_that_comes_again_changes_nothing(TestDatabase database) throws Exception {
        open(database);
        freeze();

        assertThat(decide(Decision.CONFIRM)).isEqualTo(DONE);
        assertThat(decide(Decision.CONFIRM)).isEqualTo(DONE);

        assertBook(LEFT, 0, FREEZE, DEDUCT);
    }

    @ForEachDatabase
    void a_cancel_that_comes_again_changes_nothing(TestDatabase database) throws Exception {
        open(database);
        freeze();

        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);

        assertBook(TccBook.MONEY, 0, FREEZE, UNFREEZE);
    }

    @ForEachDatabase
    void confirms_that_come_at_once_change_one_thing(TestDatabase database) throws Exception {
        open(database);
        freeze();

        assertThat(Together.call(Collections.nCopies(8, () -> decide(Decision.CONFIRM))))
                .containsOnly(DONE);

        assertBook(LEFT, 0, FREEZE, DEDUCT);
    }

    @ForEachDatabase
    void cancels_that_come_at_once_change_one_thing(TestDatabase database) throws Exception {
        open(database);
        freeze();

        assertThat(Together.call(Collections.nCopies(8, () -> decide(Decision.CANCEL))))
                .containsOnly(DONE);

        assertBook(TccBook.MONEY, 0, FREEZE, UNFREEZE);
    }

    @ForEachDatabase
    void a_decision_that_is_lost_before_its_commit_has_changed_nothing_and_is_made_when_it_comes_again(
            TestDatabase database) throws Exception {
        open(database);
        freeze();

        loseNextAt(Moment.ACTED);
        assertThat(decide(Decision.CONFIRM)).isInstanceOf(LocalAnswer.Failed.class);
        assertBook(LEFT, AMOUNT, FREEZE);

        assertThat(decide(Decision.CONFIRM)).isEqualTo(DONE);
        assertBook(LEFT, 0, FREEZE, DEDUCT);
    }

    @ForEachDatabase
    void a_decision_whose_answer_is_lost_is_not_made_twice(TestDatabase database) throws Exception {
        open(database);
        freeze();

        loseNextAt(Moment.COMMITTED);
        assertThat(decide(Decision.CANCEL)).isInstanceOf(LocalAnswer.Failed.class);
        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);

        assertBook(TccBook.MONEY, 0, FREEZE, UNFREEZE);
    }

    @ForEachDatabase
    void a_try_that_comes_after_its_cancel_is_refused_and_changes_nothing(TestDatabase database) throws Exception {
        open(database);
        interruptNextAt(Moment.BEGINS, () -> {
            caller.timeOut();
            return decide(Decision.CANCEL);
        });

        assertThatThrownBy(this::freeze).hasMessageStartingWith("HFINT062").hasMessageContaining("#freeze");

        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertBook(TccBook.MONEY, 0);
    }

    @ForEachDatabase
    void a_cancel_that_comes_while_the_try_runs_waits_for_it_and_takes_it_back(TestDatabase database) throws Exception {
        open(database);
        List<Future<LocalAnswer>> cancels = new ArrayList<>();
        interruptNextAt(Moment.ACTED, () -> {
            caller.timeOut();
            Future<LocalAnswer> cancel = threads.submit(() -> decide(Decision.CANCEL));
            assertThatThrownBy(() -> cancel.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            return cancels.add(cancel);
        });

        freeze();

        assertThat(cancels).hasSize(1);
        assertThat(cancels.get(0).get(20, TimeUnit.SECONDS)).isEqualTo(DONE);
        assertBook(TccBook.MONEY, 0, FREEZE, UNFREEZE);
        assertThat(caller.canCommit()).isFalse();
    }

    @ForEachDatabase
    void a_cancel_that_waits_for_a_try_that_rolls_back_has_nothing_to_do(TestDatabase database) throws Exception {
        open(database);
        List<Future<LocalAnswer>> cancels = new ArrayList<>();
        interruptNextAt(Moment.ACTED, () -> {
            caller.timeOut();
            cancels.add(threads.submit(() -> decide(Decision.CANCEL)));
            throw new IOException("the try's own time is over too");
        });

        assertThatThrownBy(this::freeze).isInstanceOf(IOException.class);

        assertThat(cancels).hasSize(1);
        assertThat(cancels.get(0).get(20, TimeUnit.SECONDS)).isEqualTo(DONE);
        assertBook(TccBook.MONEY, 0);
    }

    @ForEachDatabase
    void a_try_whose_commit_gives_no_answer_is_taken_back(TestDatabase database) throws Exception {
        open(database);
        loseNextAt(Moment.COMMITTED);

        assertThatThrownBy(this::freeze).isInstanceOf(IOException.class);

        assertBook(LEFT, AMOUNT, FREEZE);
        assertThat(caller.canCommit()).isFalse();
        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertBook(TccBook.MONEY, 0, FREEZE, UNFREEZE);
    }

    @ForEachDatabase
    void a_try_that_rolled_back_has_nothing_to_cancel(TestDatabase database) throws Exception {
        open(database);
        loseNextAt(Moment.ACTED);

        assertThatThrownBy(this::freeze).isInstanceOf(IOException.class);

        assertThat(caller.canCommit()).isFalse();
        assertThat(decide(Decision.CANCEL)).isEqualTo(DONE);
        assertBook(TccBook.MONEY, 0);
    }

    @ForEachDatabase
    void a_decision_that_contradicts_the_one_before_is_refused_for_good(TestDatabase database) throws Exception {
        open(database);
        freeze();
        decide(Decision.CONFIRM);

        assertThat(decide(Decision.CANCEL)).isInstanceOf(LocalAnswer.Refused.class);

        assertBook(LEFT, 0, FREEZE, DEDUCT);
    }

    @ForEachDatabase
    void a_confirm_after_the_cancel_is_refused_for_good(TestDatabase database) throws Exception {
        open(database);
        freeze();
        decide(Decision.CANCEL);

        assertThat(decide(Decision.CONFIRM)).isInstanceOf(LocalAnswer.Refused.class);

        assertBook(TccBook.MONEY, 0, FREEZE, UNFREEZE);
    }
}
