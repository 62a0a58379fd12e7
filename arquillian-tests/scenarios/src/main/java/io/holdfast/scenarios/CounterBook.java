package io.holdfast.scenarios;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the bank's counter said when it was last asked: accounts, and payments between them. Immutable.
 *
 * @param payments the newest
 * @param unsettled how many of all payments are neither paid nor taken back
 */
public record CounterBook(List<Account> accounts, List<Payment> payments, int unsettled) {
    /** Where nothing was ever paid. */
    public static final CounterBook EMPTY = new CounterBook(List.of(), List.of(), 0);

    /**
     * An account at the counter.
     *
     * @param isCustomer else a merchant's
     * @param paid what all payments together say they have deducted from a customer's or credited to a merchant's
     */
    public record Account(
            String id,
            boolean isCustomer,
            BigDecimal opening,
            BigDecimal balance,
            BigDecimal frozen,
            BigDecimal paid) {}

    /**
     * A payment whose try was done.
     *
     * @param steps what has become of it, in that order
     */
    public record Payment(String id, String customer, String merchant, BigDecimal amount, List<Step> steps) {
        long count(Step step) {
            return steps.stream().filter(step::equals).count();
        }

        boolean isSettled() {
            return count(Step.FROZEN) == 1 && isPaid() != isTakenBack();
        }

        private boolean isPaid() {
            return count(Step.CREDITED) == 1 && count(Step.DEDUCTED) == 1 && count(Step.UNFROZEN) == 0;
        }

        private boolean isTakenBack() {
            return count(Step.CREDITED) == 0 && count(Step.DEDUCTED) == 0 && count(Step.UNFROZEN) == 1;
        }
    }

    /** What happens to a payment, as the counter names it. */
    public enum Step {
        FROZEN,
        CREDITED,
        DEDUCTED,
        UNFROZEN,
        REFUSED,
        UNFREEZING_FAILED
    }

    public Account account(String id) {
        return accounts.stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no account " + id + " at the counter"));
    }

    public Optional<Payment> payment(String id) {
        return payments.stream().filter(payment -> payment.id().equals(id)).findFirst();
    }

    /** Each broken rule in words: every payment is paid or taken back, once, and the accounts show that and nothing else. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        List<Payment> listed =
                payments.stream().filter(payment -> !payment.isSettled()).toList();
        for (Payment payment : listed) {
            broken.add("payment " + payment.id() + " was neither paid nor taken back once: " + payment.steps());
        }
        if (unsettled > listed.size()) {
            broken.add((unsettled - listed.size()) + " of the older payments were neither paid nor taken back once");
        }
        accounts.forEach(account -> check(account, broken));
        BigDecimal made = accounts.stream()
                .map(account -> account.balance().subtract(account.opening()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (made.signum() != 0) {
            broken.add("the counter has made " + made);
        }
        return broken;
    }

    private static void check(Account account, List<String> broken) {
        if (account.frozen().signum() != 0) {
            broken.add("account " + account.id() + " at the counter has " + account.frozen() + " frozen");
        }
        BigDecimal expected = account.isCustomer()
                ? account.opening().subtract(account.paid())
                : account.opening().add(account.paid());
        if (account.balance().compareTo(expected) != 0) {
            broken.add("account " + account.id() + " at the counter has " + account.balance()
                    + ", but its payments leave " + expected);
        }
    }
}
