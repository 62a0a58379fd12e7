package io.holdfast.scenarios;

import io.holdfast.scenarios.Book.Account;
import io.holdfast.scenarios.Book.Credit;
import io.holdfast.scenarios.Book.CreditState;
import io.holdfast.scenarios.Book.Debit;
import io.holdfast.scenarios.Book.DebitState;
import io.holdfast.scenarios.Book.Limit;
import io.holdfast.scenarios.Book.Lra;
import io.holdfast.scenarios.Book.Transfer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold whenever nothing is under way. Immutable. */
public final class Invariants {
    private final BigDecimal money;

    /** @param money what all customers and merchants together must own */
    public Invariants(BigDecimal money) {
        this.money = money;
    }

    /** Each broken rule in words; empty when the book is right. */
    public List<String> broken(Book book) {
        List<String> broken = new ArrayList<>();
        checkMoney(book, broken);
        checkNothingFrozen(book, broken);
        checkDebits(book, broken);
        checkCredits(book, broken);
        checkTransfers(book, broken);
        checkLimits(book, broken);
        checkLras(book, broken);
        broken.addAll(book.counter().broken());
        return broken;
    }

    private void checkMoney(Book book, List<String> broken) {
        if (book.money().compareTo(money) != 0) {
            broken.add("all money together is " + book.money() + ", must be " + money);
        }
    }

    private static void checkNothingFrozen(Book book, List<String> broken) {
        for (Account account : book.accounts()) {
            if (account.frozen().signum() != 0) {
                broken.add("account " + account.id() + " has " + account.frozen() + " frozen");
            }
            if (account.balance().signum() < 0) {
                broken.add("account " + account.id() + " owns " + account.balance());
            }
        }
    }

    private static void checkDebits(Book book, List<String> broken) {
        Set<String> seen = new HashSet<>();
        for (Debit debit : book.debits()) {
            if (!seen.add(debit.transfer())) {
                broken.add("transfer " + debit.transfer() + " has more than one debit");
            }
            switch (debit.state()) {
                case FROZEN ->
                    broken.add("transfer " + debit.transfer() + " left " + debit.amount() + " of " + debit.account()
                            + " frozen");
                case DEDUCTED -> {
                    if (book.transfer(debit.transfer()).isEmpty()) {
                        broken.add("transfer " + debit.transfer() + " was deducted but has no row");
                    }
                }
                case UNFROZEN -> {
                    if (book.transfer(debit.transfer()).isPresent()) {
                        broken.add("transfer " + debit.transfer() + " has a row but was unfrozen");
                    }
                }
            }
        }
    }

    private static void checkCredits(Book book, List<String> broken) {
        Set<String> seen = new HashSet<>();
        for (Credit credit : book.credits()) {
            if (!seen.add(credit.transfer())) {
                broken.add("transfer " + credit.transfer() + " has more than one credit");
            }
            switch (credit.state()) {
                case PENDING ->
                    broken.add("transfer " + credit.transfer() + " left a credit of " + credit.merchant() + " pending");
                case CREDITED -> {
                    if (book.transfer(credit.transfer()).isEmpty()) {
                        broken.add("transfer " + credit.transfer() + " was credited but has no row");
                    }
                }
                case DROPPED -> {
                    if (book.transfer(credit.transfer()).isPresent()) {
                        broken.add("transfer " + credit.transfer() + " has a row but its credit was dropped");
                    }
                }
            }
        }
    }

    private static void checkTransfers(Book book, List<String> broken) {
        for (Transfer transfer : book.transfers()) {
            if (book.debits().stream().noneMatch(debit -> isDebitOf(debit, transfer))) {
                broken.add("transfer " + transfer.id() + " has a row but " + transfer.amount()
                        + " was not deducted from " + transfer.customer());
            }
            if (book.credits().stream().noneMatch(credit -> isCreditOf(credit, transfer))) {
                broken.add("transfer " + transfer.id() + " has a row but " + transfer.amount() + " was not credited to "
                        + transfer.merchant());
            }
        }
    }

    private static boolean isDebitOf(Debit debit, Transfer transfer) {
        return debit.transfer().equals(transfer.id())
                && debit.account().equals(transfer.customer())
                && debit.amount().compareTo(transfer.amount()) == 0
                && debit.state() == DebitState.DEDUCTED;
    }

    private static boolean isCreditOf(Credit credit, Transfer transfer) {
        return credit.transfer().equals(transfer.id())
                && credit.merchant().equals(transfer.merchant())
                && credit.amount().compareTo(transfer.amount()) == 0
                && credit.state() == CreditState.CREDITED;
    }

    private static void checkLimits(Book book, List<String> broken) {
        Map<String, BigDecimal> transferred = new HashMap<>();
        book.transfers()
                .forEach(transfer -> transferred.merge(transfer.customer(), transfer.amount(), BigDecimal::add));
        for (Limit limit : book.limits()) {
            BigDecimal used = transferred.getOrDefault(limit.customer(), BigDecimal.ZERO);
            transferred.remove(limit.customer());
            if (limit.reserved().signum() != 0) {
                broken.add("limit of " + limit.customer() + " has " + limit.reserved() + " reserved");
            }
            if (limit.used().compareTo(used) != 0) {
                broken.add("limit of " + limit.customer() + " says that " + limit.used()
                        + " was transferred, but it was " + used);
            }
        }
        transferred.forEach(
                (customer, amount) -> broken.add(customer + " has transferred " + amount + " and has no limit"));
    }

    private static void checkLras(Book book, List<String> broken) {
        for (Lra lra : book.lras()) {
            if (lra.isOpen()) {
                broken.add("LRA " + lra.id() + " is still " + lra.status());
            }
            if (lra.isFailed()) {
                broken.add("LRA " + lra.id() + " ended " + lra.status());
            }
        }
    }
}
