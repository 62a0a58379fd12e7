package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.tcc.FakeContainer.Interruption;
import io.holdfast.interceptors.tcc.FakeContainer.Jta;
import io.holdfast.interceptors.tcc.FakeContainer.Moment;
import io.holdfast.interceptors.tcc.TccBook.Side;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plays a few transfers at a time between the sides of one {@link TccBook}. Their callers fail, catch what their tries throw, and time out
 * before, during and after a try; decisions are lost, repeated, delayed, reordered and told twice at once; transactions of the participants
 * fail before and after their commit. All of it is drawn on one thread under one seed. In the adapter's place it keeps to what the adapter
 * promises, and to nothing else.
 */
final class TccHistories implements FakeContainer.Adapter, AutoCloseable {
    private static final int MOST_TRANSFERS = 4;
    private static final int MOST_STEPS = 5_000;
    private static final long LONGEST_SECONDS = 60;
    /** What fails at the first is logged with its stack, and thousands fail here. */
    private static final int LATER_ATTEMPT = 2;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TccBook book;

    private Random random = new Random();
    private String history = "";
    private int waiting;
    private final List<Transfer> transfers = new ArrayList<>();
    private final List<Call> network = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** A decision on its way to a participant. */
    private record Call(Transfer transfer, Part part) {}

    private static final class Part {
        final Enlisted enlisted;
        LocalParticipant participant;
        boolean ended;

        Part(Enlisted enlisted, LocalParticipant participant) {
            this.enlisted = enlisted;
            this.participant = participant;
        }
    }

    private static final class Transfer {
        final String id;
        final int amount;
        final Jta caller;
        final List<Part> parts = new ArrayList<>();

        @Nullable
        Decision decision;

        Transfer(String id, int amount, Jta caller) {
            this.id = id;
            this.amount = amount;
            this.caller = caller;
        }

        boolean isEnded() {
            return decision != null && parts.stream().allMatch(part -> part.ended);
        }
    }

    /** A connection or a server is lost. */
    private static final class LostException extends Exception {
        LostException(Moment moment) {
            super("lost when it " + moment);
        }
    }

    TccHistories(DataSource database, boolean fence) throws SQLException {
        book = new TccBook(database, this, fence);
    }

    /** @return what is wrong with the book afterwards; empty when nothing is */
    List<String> play(long seed) throws Exception {
        random = new Random(seed);
        history = "history-" + seed;
        book.reset();
        transfers.clear();
        network.clear();
        told.clear();
        wrong.clear();
        waiting = 1 + random.nextInt(MOST_TRANSFERS);
        for (int step = 0; !isOver(); step++) {
            if (step == MOST_STEPS) {
                wrong.add("not over after " + MOST_STEPS + " steps");
                return wrong;
            }
            step();
        }
        check();
        return wrong;
    }

    /** What happened, call by call. */
    List<String> told() {
        return told;
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        book.close();
    }

    @Override
    public Enlisted enlist(Jta caller, LocalParticipant participant) {
        Transfer transfer = transfers.stream()
                .filter(one -> one.caller == caller)
                .findFirst()
                .orElseThrow();
        if (transfer.decision != null) {
            throw new HoldfastException(transfer.id + " is decided");
        }
        Part part = new Part(new Enlisted(transfer.id, "p" + transfer.parts.size()), participant);
        transfer.parts.add(part);
        return part.enlisted;
    }

    @Override
    public void store(Enlisted participant, String data) {
        Transfer transfer = transfers.stream()
                .filter(one -> one.id.equals(participant.transaction()))
                .findFirst()
                .orElseThrow();
        if (transfer.decision != null) {
            throw new HoldfastException(transfer.id + " is decided");
        }
        Part part = transfer.parts.stream()
                .filter(one -> one.enlisted.equals(participant))
                .findFirst()
                .orElseThrow();
        LocalParticipant before = part.participant;
        part.participant = new LocalParticipant(
                before.application(), before.bean(), before.method(), before.signature(), data, before.kind());
    }

    private boolean isOver() {
        return waiting == 0 && network.isEmpty() && transfers.stream().allMatch(Transfer::isEnded);
    }

    private boolean in(int percent) {
        return random.nextInt(100) < percent;
    }

    private void step() throws Exception {
        if (waiting > 0 && in(25)) {
            waiting--;
            transfer();
        } else if (!network.isEmpty() && in(75)) {
            deliver();
        } else if (!transfers.isEmpty()) {
            drive(transfers.get(random.nextInt(transfers.size())));
        }
    }

    /** What else happens on the server meanwhile. */
    private void steps() throws Exception {
        for (int count = random.nextInt(4); count > 0; count--) {
            step();
        }
    }

    /** One caller from its begin to its end. */
    private void transfer() throws Exception {
        Transfer transfer = new Transfer(
                history + "-" + transfers.size(),
                1 + random.nextInt(TccBook.MONEY / 2),
                book.container().begin());
        transfers.add(transfer);
        boolean commits = in(85);
        try {
            List<Side> sides = in(50) ? List.of(Side.CUSTOMER, Side.MERCHANT) : List.of(Side.MERCHANT, Side.CUSTOMER);
            for (Side side : sides) {
                boolean tried = tries(transfer, side);
                // Some callers do not mind.
                if (!tried && in(50)) {
                    commits = false;
                    break;
                }
            }
            steps();
        } finally {
            if (transfer.decision == null) {
                decide(transfer, commits && transfer.caller.canCommit() ? Decision.CONFIRM : Decision.CANCEL);
            }
            book.container().end(transfer.caller);
        }
    }

    private boolean tries(Transfer transfer, Side side) throws Exception {
        List<Future<LocalAnswer>> meanwhile = new ArrayList<>();
        book.container().interruptNext(moment -> interrupt(transfer, moment, meanwhile));
        String line = transfer.id + " " + side + " tries " + transfer.amount + ": ";
        try {
            told.add(line + book.tries(side, transfer.id, transfer.amount));
            return true;
        } catch (Exception failed) {
            told.add(line + failed);
            return false;
        } finally {
            // It may not have come so far.
            book.container().interruptNext(moment -> {});
            join(transfer, meanwhile);
        }
    }

    /** What can happen around a try's own transaction. */
    private void interrupt(Transfer transfer, Moment moment, List<Future<LocalAnswer>> meanwhile) throws Exception {
        switch (moment) {
            case BEGINS -> {
                if (in(8)) {
                    timeOut(transfer);
                }
                steps();
            }
            // Nothing else on this thread while the transaction holds locks.
            case ACTED -> {
                if (in(8)) {
                    timeOut(transfer);
                    if (transfer.decision == Decision.CANCEL) {
                        meanwhile.add(dispatch(last(transfer), Decision.CANCEL, Optional.empty()));
                    }
                }
            }
            case COMMITTED -> {
                join(transfer, meanwhile);
                if (in(8)) {
                    timeOut(transfer);
                }
                steps();
            }
        }
        if (in(5)) {
            throw new LostException(moment);
        }
    }

    /** The one whose try runs. */
    private static Part last(Transfer transfer) {
        return transfer.parts.get(transfer.parts.size() - 1);
    }

    private void join(Transfer transfer, List<Future<LocalAnswer>> meanwhile) throws Exception {
        for (Future<LocalAnswer> one : meanwhile) {
            answer(transfer, last(transfer), one, false);
        }
        meanwhile.clear();
    }

    private void timeOut(Transfer transfer) {
        if (transfer.decision == null) {
            told.add(transfer.id + " times out");
            transfer.caller.timeOut();
            decide(transfer, Decision.CANCEL);
        }
    }

    private void decide(Transfer transfer, Decision decision) {
        told.add(transfer.id + " is decided: " + decision);
        transfer.decision = decision;
        drive(transfer);
    }

    /** Whoever has not answered is told again, in an order of its own. */
    private void drive(Transfer transfer) {
        if (transfer.decision != null) {
            for (Part part : transfer.parts) {
                if (!part.ended) {
                    network.add(new Call(transfer, part));
                }
            }
        }
    }

    private void deliver() throws Exception {
        int index = random.nextInt(network.size());
        Call call = in(20) ? network.get(index) : network.remove(index);
        Decision decision = call.transfer.decision;
        if (decision == null || in(10)) {
            return;
        }
        Future<LocalAnswer> answer = dispatch(call.part, decision, lost());
        if (in(15)) {
            answer(call.transfer, call.part, dispatch(call.part, decision, lost()), in(15));
        }
        answer(call.transfer, call.part, answer, in(15));
    }

    /** Where the participant's own transaction fails. */
    private Optional<Moment> lost() {
        return in(20) ? Optional.of(Moment.values()[random.nextInt(Moment.values().length)]) : Optional.empty();
    }

    private Future<LocalAnswer> dispatch(Part part, Decision decision, Optional<Moment> lost) {
        LocalCall call = new LocalCall(part.enlisted, part.participant, decision, LATER_ATTEMPT);
        return threads.submit(() -> {
            book.container().interruptNext(failing(lost));
            return book.dispatch(call);
        });
    }

    private static Interruption failing(Optional<Moment> lost) {
        return moment -> {
            if (lost.isPresent() && lost.get() == moment) {
                throw new LostException(moment);
            }
        };
    }

    private void answer(Transfer transfer, Part part, Future<LocalAnswer> future, boolean lost)
            throws InterruptedException, ExecutionException, TimeoutException {
        LocalAnswer answer = future.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        String line =
                transfer.decision + " of " + part.enlisted.text() + ", " + part.participant.method() + ": " + answer;
        told.add(line + (lost ? " (lost)" : ""));
        if (answer instanceof LocalAnswer.Refused) {
            wrong.add(line);
        }
        part.ended |= !lost && !(answer instanceof LocalAnswer.Failed);
    }

    private void check() throws Exception {
        int moved = 0;
        for (Transfer transfer : transfers) {
            List<String> effects = book.effects(transfer.id);
            if (transfer.decision == Decision.CONFIRM) {
                moved += transfer.amount;
                expect(
                        transfer.id,
                        List.of("credit", "deduct with ticket of " + transfer.id, "expect", "freeze"),
                        effects.stream().sorted().toList());
            } else {
                expect(
                        transfer.id,
                        takenBack(effects),
                        effects.stream().sorted().toList());
            }
        }
        expect("the customer's balance", TccBook.MONEY - moved, book.balance(Side.CUSTOMER));
        expect("the merchant's balance", moved, book.balance(Side.MERCHANT));
        expect("the frozen money", 0, book.frozen(Side.CUSTOMER));
    }

    /** Whoever has tried, once, and its cancel. */
    private static List<String> takenBack(List<String> effects) {
        List<String> expected = new ArrayList<>();
        if (effects.contains("expect")) {
            expected.addAll(List.of("drop", "expect"));
        }
        if (effects.contains("freeze")) {
            expected.addAll(List.of("freeze", "unfreeze"));
        }
        return expected;
    }

    private void expect(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            wrong.add(what + " is " + found + " and not " + expected);
        }
    }
}
