package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BegunTransactionTest {
    @Test
    void a_commit_that_fails_is_told_with_number_method_and_cause() {
        assertThatThrownBy(() -> BegunTransaction.committed("Shop#order", () -> {
                    throw new RollbackException("refused");
                }))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFINT007 The transaction that was begun for Shop#order")
                .hasCauseInstanceOf(RollbackException.class);
    }

    @Test
    void results_and_the_methods_own_exceptions_pass() throws Exception {
        assertThat(BegunTransaction.committed("Shop#order", () -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> BegunTransaction.committed("Shop#order", () -> {
                    throw new IOException("own");
                }))
                .isInstanceOf(IOException.class);
    }
}
