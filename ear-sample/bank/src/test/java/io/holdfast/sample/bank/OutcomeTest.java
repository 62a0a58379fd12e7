package io.holdfast.sample.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.HoldfastException;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void a_commit_that_was_refused_is_a_conflict() {
        assertThat(outcome(new RollbackException("the LRA was cancelled")))
                .isEqualTo("CONFLICT Rolled back: jakarta.transaction.RollbackException: the LRA was cancelled");
        assertThat(Outcome.of(new EJBTransactionRolledbackException("at commit"))
                        .reason())
                .isEqualTo(Reason.CONFLICT);
    }

    @Test
    void an_adapter_that_cannot_start_an_lra_is_unavailable_and_says_why() {
        assertThat(outcome(new HoldfastException("HF001 no coordinator")))
                .isEqualTo("UNAVAILABLE Rolled back: HF001 no coordinator");
    }

    @Test
    void a_refusal_stays_what_it_is() {
        assertThat(outcome(new RefusedException(Reason.UNKNOWN, "no such account")))
                .isEqualTo("UNKNOWN no such account");
    }

    @Test
    void a_mixed_outcome_and_an_unknown_failure_are_never_called_rolled_back() {
        assertThat(outcome(new HeuristicMixedException("one committed"))).startsWith("UNCLEAR Some of it was done");
        assertThat(outcome(new IllegalStateException("?"))).startsWith("UNCLEAR Nobody knows");
    }

    private static String outcome(Exception cause) {
        RefusedException refused = Outcome.of(new EJBException(cause));
        return refused.reason() + " " + refused.getMessage();
    }
}
