package io.holdfast.lra.bean;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JtaTransactionTest {
    private final List<Synchronization> registered = new ArrayList<>();
    private final List<Boolean> told = new ArrayList<>();

    private TransactionSynchronizationRegistry registry(int status) {
        return (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TransactionSynchronizationRegistry.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getTransactionStatus" -> status;
                    case "registerInterposedSynchronization" -> registered.add((Synchronization) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void without_a_transaction_there_is_none() {
        assertThat(JtaTransaction.of(registry(Status.STATUS_NO_TRANSACTION))).isEmpty();
    }

    @Test
    void only_a_commit_counts_as_one() {
        JtaTransaction active =
                JtaTransaction.of(registry(Status.STATUS_ACTIVE)).orElseThrow();
        active.whenEnded(told::add);

        for (int status : List.of(Status.STATUS_COMMITTED, Status.STATUS_ROLLEDBACK, Status.STATUS_UNKNOWN)) {
            registered.forEach(each -> each.afterCompletion(status));
        }

        assertThat(active.canOnlyRollBack()).isFalse();
        assertThat(told).containsExactly(true, false, false);
    }

    @Test
    void one_that_is_marked_for_rollback_is_there_and_can_only_roll_back() {
        assertThat(JtaTransaction.of(registry(Status.STATUS_MARKED_ROLLBACK)))
                .hasValueSatisfying(
                        marked -> assertThat(marked.canOnlyRollBack()).isTrue());
        assertThat(registered).isEmpty();
    }
}
