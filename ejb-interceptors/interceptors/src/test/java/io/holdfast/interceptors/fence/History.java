package io.holdfast.interceptors.fence;

import io.holdfast.interceptors.fence.AccountBook.CrashException;
import io.holdfast.interceptors.fence.AccountBook.Side;
import io.holdfast.interceptors.fence.AccountBook.TooLittleException;
import io.holdfast.interceptors.fence.AccountBook.Verb;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A few transfers over a network that drops, repeats, delays and reorders calls and answers, between processes that crash, all of it
 * under one seed. The driver keeps to what {@link Fence} needs of it, and to nothing else.
 */
final class History {
    private static final int MOST_STEPS = 5_000;

    private final long seed;
    private final Random random;
    private final AccountBook book;
    private final List<Transfer> transfers = new ArrayList<>();
    private final List<Call> network = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private record Call(Transfer transfer, Verb verb, Side side) {}

    private static final class Transfer {
        final String id;
        final int amount;
        final Set<Side> tried = EnumSet.noneOf(Side.class);
        final Set<Side> ended = EnumSet.noneOf(Side.class);

        @Nullable
        Verb decision;

        Transfer(String id, int amount) {
            this.id = id;
            this.amount = amount;
        }

        boolean isEnded() {
            return ended.size() == Side.values().length;
        }
    }

    History(long seed, AccountBook book) {
        this.seed = seed;
        this.random = new Random(seed);
        this.book = book;
    }

    /** @return what is wrong with the book afterwards; empty when nothing is */
    List<String> play() throws SQLException {
        book.reset();
        int count = 1 + random.nextInt(4);
        for (int number = 0; number < count; number++) {
            Transfer transfer =
                    new Transfer("history-" + seed + "-" + number, 1 + random.nextInt(AccountBook.MONEY / 2));
            transfers.add(transfer);
            for (Side side : Side.values()) {
                network.add(new Call(transfer, Verb.TRY, side));
            }
        }
        List<String> wrong = new ArrayList<>();
        for (int step = 0; !isOver(); step++) {
            if (step == MOST_STEPS) {
                wrong.add("not over after " + MOST_STEPS + " steps");
                return wrong;
            }
            if (!network.isEmpty() && random.nextInt(4) > 0) {
                deliver(wrong);
            } else {
                drive(transfers.get(random.nextInt(count)));
            }
        }
        check(wrong);
        return wrong;
    }

    /** What happened, call by call. */
    List<String> told() {
        return told;
    }

    private boolean isOver() {
        return network.isEmpty() && transfers.stream().allMatch(Transfer::isEnded);
    }

    private boolean in(int percent) {
        return random.nextInt(100) < percent;
    }

    private void drive(Transfer transfer) {
        if (transfer.decision == null) {
            boolean tried = transfer.tried.size() == Side.values().length;
            if (tried && in(80)) {
                transfer.decision = Verb.CONFIRM;
            } else if (in(tried ? 50 : 10)) {
                transfer.decision = Verb.CANCEL;
            } else if (!tried && in(30)) {
                network.add(new Call(transfer, Verb.TRY, Side.values()[random.nextInt(2)]));
            }
            return;
        }
        for (Side side : EnumSet.complementOf(
                EnumSet.copyOf(transfer.ended.isEmpty() ? EnumSet.noneOf(Side.class) : transfer.ended))) {
            network.add(new Call(transfer, transfer.decision, side));
        }
    }

    private void deliver(List<String> wrong) throws SQLException {
        Call call =
                in(20) ? network.get(random.nextInt(network.size())) : network.remove(random.nextInt(network.size()));
        if (in(10)) {
            return;
        }
        boolean crashes = in(15);
        String line = call.verb + " " + call.side + " " + call.transfer.id + " " + call.transfer.amount;
        try {
            Verdict verdict = book.call(call.verb, call.side, call.transfer.id, call.transfer.amount, crashes);
            boolean answered = !in(15);
            told.add(line + ": " + verdict + (answered ? "" : " (answer lost)"));
            if (answered) {
                answer(call, verdict, wrong);
            }
        } catch (TooLittleException e) {
            told.add(line + ": too little");
            fail(call.transfer);
        } catch (CrashException e) {
            told.add(line + ": crash");
        }
    }

    private void answer(Call call, Verdict verdict, List<String> wrong) {
        Transfer transfer = call.transfer;
        if (call.verb == Verb.TRY) {
            if (verdict == Verdict.REFUSED) {
                fail(transfer);
            } else {
                transfer.tried.add(call.side);
            }
        } else if (verdict == Verdict.REFUSED) {
            wrong.add(call.verb + " of " + call.side + " in " + transfer.id + " was refused");
            transfer.ended.add(call.side);
        } else {
            transfer.ended.add(call.side);
        }
    }

    private static void fail(Transfer transfer) {
        if (transfer.decision == null) {
            transfer.decision = Verb.CANCEL;
        }
    }

    private void check(List<String> wrong) throws SQLException {
        int moved = transfers.stream()
                .filter(transfer -> transfer.decision == Verb.CONFIRM)
                .mapToInt(transfer -> transfer.amount)
                .sum();
        expect("the customer's balance", AccountBook.MONEY - moved, book.balance(Side.CUSTOMER), wrong);
        expect("the merchant's balance", moved, book.balance(Side.MERCHANT), wrong);
        expect("the frozen money", 0, book.frozen(Side.CUSTOMER), wrong);
    }

    private static void expect(String what, int expected, int found, List<String> wrong) {
        if (expected != found) {
            wrong.add(what + " is " + found + " and not " + expected);
        }
    }
}
