package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.Transaction;
import java.io.IOException;
import javax.naming.NameNotFoundException;
import org.junit.jupiter.api.Test;

class OwnTransactionTest {
    private final FakePayara payara = new FakePayara();
    private final OwnTransaction own = new OwnTransaction(payara, OwnTransaction.find(payara));

    @Test
    void on_payara_connections_that_an_ejb_opens_in_it_belong_to_it() throws Exception {
        Transaction callers = payara.beginForCall();

        Object enlistedIn = own.call(payara::ofConnections);

        assertThat(enlistedIn).isNotNull().isNotEqualTo(callers);
    }

    @Test
    void on_payara_those_that_are_opened_after_it_belong_to_the_callers_transaction() throws Exception {
        Transaction callers = payara.beginForCall();

        own.call(() -> "done");

        assertThat(payara.getTransaction()).isEqualTo(callers);
        assertThat(payara.ofConnections()).isEqualTo(callers);
    }

    @Test
    void on_payara_those_that_are_opened_after_it_belong_to_none_where_the_caller_had_none() throws Exception {
        Object enlistedIn = own.call(payara::ofConnections);

        assertThat(enlistedIn).isNotNull();
        assertThat(payara.ofConnections()).isNull();
    }

    @Test
    void on_payara_what_the_work_throws_comes_through_and_the_callers_transaction_is_back() {
        Transaction callers = payara.beginForCall();

        assertThatThrownBy(() -> own.call(() -> {
                    throw new IOException("no money");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no money");
        assertThat(payara.ofConnections()).isEqualTo(callers);
    }

    @Test
    void on_other_servers_the_container_does_it_alone() throws Exception {
        OwnTransaction elsewhere = new OwnTransaction(new NewTransaction(), OwnTransaction.find(name -> {
            throw new NameNotFoundException(name);
        }));

        assertThat(elsewhere.call(() -> "done")).isEqualTo("done");
    }
}
