package io.holdfast.interceptors.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.jdbc.TestDatabase;
import jakarta.transaction.RollbackException;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JtaTransactionsTest {
    private final List<String> told = new ArrayList<>();
    private @Nullable Exception commitFails;

    private OwnTransactions transactions() throws SQLException {
        UserTransaction transaction = (UserTransaction) Proxy.newProxyInstance(
                UserTransaction.class.getClassLoader(),
                new Class<?>[] {UserTransaction.class},
                (proxy, method, arguments) -> {
                    told.add(method.getName());
                    if (method.getName().equals("commit") && commitFails != null) {
                        throw commitFails;
                    }
                    return null;
                });
        return OwnTransactions.ofJta(transaction, TestDatabase.H2.empty());
    }

    @Test
    void it_commits_when_the_work_is_done_and_its_connection_closed() throws Exception {
        String result = transactions().call(connection -> {
            told.add("work");
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(told).containsExactly("begin", "work", "commit");
    }

    @Test
    void it_rolls_back_when_the_work_fails() {
        assertThatThrownBy(() -> transactions().call(connection -> {
                    throw new IOException("no");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no");
        assertThat(told).containsExactly("begin", "rollback");
    }

    @Test
    void a_commit_that_fails_is_told() {
        commitFails = new RollbackException("a resource said no");

        assertThatThrownBy(() -> transactions().call(connection -> "done")).isSameAs(commitFails);
        assertThat(told).containsExactly("begin", "commit");
    }
}
