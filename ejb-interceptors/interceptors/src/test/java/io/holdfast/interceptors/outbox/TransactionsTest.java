package io.holdfast.interceptors.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.messages.FakeJms;
import io.holdfast.interceptors.tcc.NewTransaction;
import io.holdfast.interceptors.tcc.OwnTransaction;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionsTest {
    private static final Transaction SOME = (Transaction) Proxy.newProxyInstance(
            Transaction.class.getClassLoader(), new Class<?>[] {Transaction.class}, (proxy, method, arguments) -> null);

    private final List<String> told = new ArrayList<>();
    private @Nullable Exception commitFails;
    /** What a failed end has left at the thread. */
    private @Nullable Transaction left;

    private Transactions transactions(boolean ofManager) {
        return ofManager
                ? new Transactions.OfManager(fake(TransactionManager.class))
                : new Transactions.Begun(fake(UserTransaction.class));
    }

    /** The thread of the manager is in another one. */
    private <T> T fake(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getTransaction")) {
                        return left;
                    }
                    if (method.getName().equals("suspend") && left == null) {
                        return SOME;
                    }
                    told.add(method.getName());
                    if (method.getName().equals("commit") && commitFails != null) {
                        left = commitFails instanceof SystemException ? SOME : null;
                        throw commitFails;
                    }
                    return null;
                }));
    }

    private static String[] with(boolean ofManager, String... calls) {
        List<String> all = new ArrayList<>(List.of(calls));
        if (ofManager) {
            all.add("resume");
        }
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_commits_when_the_work_is_done(boolean ofManager) throws Exception {
        String result = transactions(ofManager).call(() -> {
            told.add("work");
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(told).containsExactly(with(ofManager, "begin", "work", "commit"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_rolls_back_when_the_work_fails(boolean ofManager) {
        assertThatThrownBy(() -> transactions(ofManager).call(() -> {
                    throw new IOException("no");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no");
        assertThat(told).containsExactly(with(ofManager, "begin", "rollback"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_commit_that_fails_is_told(boolean ofManager) {
        commitFails = new RollbackException("a resource said no");
        assertThatThrownBy(() -> transactions(ofManager).call(() -> "done")).isSameAs(commitFails);
        assertThat(told).containsExactly(with(ofManager, "begin", "commit"));
    }

    @Test
    void what_a_commit_that_breaks_leaves_at_the_thread_is_not_taken_for_the_one_around_it() {
        commitFails = new SystemException("the log is broken");
        assertThatThrownBy(() -> transactions(true).call(() -> "done")).isSameAs(commitFails);
        assertThat(told).containsExactly("begin", "commit", "suspend", "resume");
    }

    /** The container itself would roll it back and return. */
    @Test
    void one_of_the_container_that_was_marked_for_rollback_has_not_committed() throws Exception {
        FakeJms server = new FakeJms();
        Transactions transactions = new Transactions.OfContainer(new OwnTransaction(new NewTransaction()), server);
        server.status = Status.STATUS_ACTIVE;
        assertThat(transactions.call(() -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> transactions.call(() -> {
                    server.status = Status.STATUS_MARKED_ROLLBACK;
                    return "done";
                }))
                .isInstanceOf(RollbackException.class);
    }

    @Test
    void one_of_the_container_on_a_thread_of_no_component_returns_as_it_is() throws Exception {
        FakeJms server = new FakeJms();
        server.jndi.clear();
        assertThat(new Transactions.OfContainer(new OwnTransaction(new NewTransaction()), server).call(() -> "done"))
                .isEqualTo("done");
    }
}
