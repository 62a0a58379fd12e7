package io.holdfast.interceptors.fence;

import static io.holdfast.interceptors.fence.Verdict.ALREADY_DONE;
import static io.holdfast.interceptors.fence.Verdict.NOTHING_TO_CANCEL;
import static io.holdfast.interceptors.fence.Verdict.REFUSED;
import static io.holdfast.interceptors.fence.Verdict.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.interceptors.fence.AccountBook.CrashException;
import io.holdfast.interceptors.fence.AccountBook.Side;
import io.holdfast.interceptors.fence.AccountBook.Verb;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.jdbc.Together;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** The same calls at the same time, each on a connection of its own. */
class FenceRacesTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 25;
    private static final int AMOUNT = 3;

    /** One for each thread, kept for the test. */
    private final List<AccountBook> books = new ArrayList<>();

    @AfterEach
    void close() throws SQLException {
        for (AccountBook book : books) {
            book.close();
        }
    }

    @ForEachDatabase
    void one_of_many_tries_runs(TestDatabase database) throws Exception {
        DataSource source = book(database);
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(together(source, "t" + round, Collections.nCopies(THREADS, Verb.TRY)))
                    .containsOnlyOnce(RUN)
                    .containsOnly(RUN, ALREADY_DONE);
        }
        assertBook(source, AccountBook.MONEY - ROUNDS * AMOUNT, ROUNDS * AMOUNT);
    }

    @ForEachDatabase
    void one_of_many_cancels_runs_and_the_database_sees_no_deadlock(TestDatabase database) throws Exception {
        DataSource source = book(database);
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(together(source, "null" + round, Collections.nCopies(THREADS, Verb.CANCEL)))
                    .containsOnlyOnce(NOTHING_TO_CANCEL)
                    .containsOnly(NOTHING_TO_CANCEL, ALREADY_DONE);
            together(source, "t" + round, List.of(Verb.TRY));
            assertThat(together(source, "t" + round, Collections.nCopies(THREADS, Verb.CANCEL)))
                    .containsOnlyOnce(RUN)
                    .containsOnly(RUN, ALREADY_DONE);
        }
        assertBook(source, AccountBook.MONEY, 0);
    }

    @ForEachDatabase
    void a_try_and_a_cancel_that_meet_leave_nothing_frozen(TestDatabase database) throws Exception {
        DataSource source = book(database);
        for (int round = 0; round < ROUNDS; round++) {
            List<Verdict> verdicts =
                    together(source, "t" + round, List.of(Verb.TRY, Verb.CANCEL, Verb.TRY, Verb.CANCEL));
            assertThat(List.of(verdicts.get(1), verdicts.get(3))).contains(ALREADY_DONE);
            if (verdicts.contains(NOTHING_TO_CANCEL)) {
                assertThat(List.of(verdicts.get(0), verdicts.get(2))).containsOnly(REFUSED);
            } else {
                assertThat(verdicts.get(1) == RUN || verdicts.get(3) == RUN).isTrue();
                assertThat(List.of(verdicts.get(0), verdicts.get(2))).containsOnlyOnce(RUN);
            }
        }
        assertBook(source, AccountBook.MONEY, 0);
    }

    @ForEachDatabase
    void of_a_confirm_and_a_cancel_that_meet_one_wins_and_the_others_are_refused(TestDatabase database)
            throws Exception {
        DataSource source = book(database);
        int confirmed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            together(source, "t" + round, List.of(Verb.TRY));
            List<Verdict> verdicts =
                    together(source, "t" + round, List.of(Verb.CONFIRM, Verb.CANCEL, Verb.CONFIRM, Verb.CANCEL));
            assertThat(verdicts).containsOnlyOnce(RUN);
            boolean byConfirm = verdicts.get(0) == RUN || verdicts.get(2) == RUN;
            assertThat(List.of(verdicts.get(byConfirm ? 1 : 0), verdicts.get(byConfirm ? 3 : 2)))
                    .containsOnly(REFUSED);
            confirmed += byConfirm ? 1 : 0;
        }
        assertBook(source, AccountBook.MONEY - confirmed * AMOUNT, 0);
    }

    /** Duplicated, delayed and reordered calls of many transfers from many threads, some of which crash and are repeated. */
    @ForEachDatabase
    void a_storm_of_calls_leaves_the_book_right(TestDatabase database) throws Exception {
        DataSource source = book(database);
        int transfers = 60;
        for (int transfer = 0; transfer < transfers; transfer += 2) {
            together(source, "t" + transfer, List.of(Verb.TRY, Verb.TRY));
        }
        List<Call> calls = new ArrayList<>();
        for (int transfer = 0; transfer < transfers; transfer++) {
            Verb decision = transfer % 2 == 0 ? Verb.CONFIRM : Verb.CANCEL;
            for (Verb verb : List.of(Verb.TRY, decision, decision, Verb.TRY, decision)) {
                calls.add(new Call("t" + transfer, verb));
            }
        }
        Collections.shuffle(calls, new Random(7));
        List<Callable<Verdict>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            threads.add(everyNth(source, calls, thread));
        }
        Together.call(threads);
        assertBook(source, AccountBook.MONEY - transfers / 2 * AMOUNT, 0);
    }

    private record Call(String transaction, Verb verb) {}

    private static Callable<Verdict> everyNth(DataSource source, List<Call> calls, int thread) {
        return () -> {
            Random random = new Random(thread);
            try (AccountBook book = open(source)) {
                for (int index = thread; index < calls.size(); index += THREADS) {
                    Call call = calls.get(index);
                    try {
                        book.call(call.verb, Side.CUSTOMER, call.transaction, AMOUNT, random.nextInt(4) == 0);
                    } catch (CrashException e) {
                        book.call(call.verb, Side.CUSTOMER, call.transaction, AMOUNT, false);
                    }
                }
            }
            return RUN;
        };
    }

    private List<Verdict> together(DataSource source, String transaction, List<Verb> verbs) throws Exception {
        List<Callable<Verdict>> calls = new ArrayList<>();
        for (int index = 0; index < verbs.size(); index++) {
            if (index == books.size()) {
                books.add(open(source));
            }
            AccountBook book = books.get(index);
            Verb verb = verbs.get(index);
            calls.add(() -> book.call(verb, Side.CUSTOMER, transaction, AMOUNT, false));
        }
        return Together.call(calls);
    }

    private static void assertBook(DataSource source, int balance, int frozen) throws SQLException {
        try (AccountBook book = open(source)) {
            assertThat(book.balance(Side.CUSTOMER)).isEqualTo(balance);
            assertThat(book.frozen(Side.CUSTOMER)).isEqualTo(frozen);
        }
    }

    private static DataSource book(TestDatabase database) throws SQLException {
        DataSource source = database.empty();
        AccountBook.create(source);
        return source;
    }

    private static AccountBook open(DataSource source) throws SQLException {
        return new AccountBook(source.getConnection(), AccountBook.behind(new Fence()));
    }
}
