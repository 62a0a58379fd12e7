package io.holdfast.scenarios;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What the bank, both services and the coordinator said when they were last asked. Immutable. */
public record Book(
        List<Account> accounts,
        List<Merchant> merchants,
        List<Transfer> transfers,
        List<Debit> debits,
        List<Credit> credits,
        List<Limit> limits,
        List<Lra> lras,
        CounterBook counter) {
    /** A customer's account at the account service. */
    public record Account(String id, BigDecimal balance, BigDecimal frozen) {}

    /** A merchant's account at the merchant service. */
    public record Merchant(String id, BigDecimal balance) {}

    /** A row of the bank's XA database. */
    public record Transfer(String id, String customer, String merchant, BigDecimal amount) {}

    /** What the account service did for a transfer. */
    public record Debit(String transfer, String account, BigDecimal amount, DebitState state) {}

    /** What the merchant service did for a transfer. */
    public record Credit(String transfer, String merchant, BigDecimal amount, CreditState state) {}

    /** What a customer has transferred in all, and what transfers under way have reserved, as the bank's own TCC participant knows it. */
    public record Limit(String customer, BigDecimal used, BigDecimal reserved) {}

    /** An LRA in the coordinator's list. */
    public record Lra(String id, String status) {
        boolean isOpen() {
            return switch (status) {
                case "Active", "Closing", "Cancelling" -> true;
                default -> false;
            };
        }

        boolean isFailed() {
            return status.startsWith("FailedTo");
        }
    }

    /** States of a customer's part, as the account service names them. */
    public enum DebitState {
        FROZEN,
        DEDUCTED,
        UNFROZEN
    }

    /** States of a merchant's part, as the merchant service names them. */
    public enum CreditState {
        PENDING,
        CREDITED,
        DROPPED
    }

    public BigDecimal money() {
        BigDecimal customers = accounts.stream().map(Account::balance).reduce(BigDecimal.ZERO, BigDecimal::add);
        return merchants.stream().map(Merchant::balance).reduce(customers, BigDecimal::add);
    }

    public Account account(String id) {
        return accounts.stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no account " + id));
    }

    public Merchant merchant(String id) {
        return merchants.stream()
                .filter(merchant -> merchant.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no merchant " + id));
    }

    public Optional<Transfer> transfer(String id) {
        return transfers.stream().filter(transfer -> transfer.id().equals(id)).findFirst();
    }

    /** One line for people. */
    public String balances() {
        StringBuilder line = new StringBuilder();
        for (Account account : accounts) {
            line.append(account.id()).append(' ').append(account.balance());
            if (account.frozen().signum() != 0) {
                line.append(" (frozen ").append(account.frozen()).append(')');
            }
            line.append("  ");
        }
        line.append("| ");
        merchants.forEach(merchant -> line.append(merchant.id())
                .append(' ')
                .append(merchant.balance())
                .append("  "));
        return line.append("| together ")
                .append(money())
                .append(", transfers ")
                .append(transfers.size())
                .toString();
    }
}
