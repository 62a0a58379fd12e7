package io.holdfast.sample.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.counter.Account.Side;
import io.holdfast.sample.counter.Payment.Step;
import io.holdfast.sample.counter.Payment.Step.What;
import io.holdfast.sample.counter.PaymentOrder.Fault;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CounterTablesTest {
    private static final BigDecimal TEN = new BigDecimal("10.00");

    private Connection connection;
    private AccountTable accounts;
    private PaymentTable payments;
    private AlarmTable alarms;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID());
        CounterBook.Tables tables = new CounterBook.Tables(connection);
        accounts = tables.accounts();
        payments = tables.payments();
        alarms = tables.alarms();
        for (int start = 1; start <= 2; start++) {
            accounts.create();
            payments.create();
            alarms.create();
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void what_is_frozen_is_still_owned_and_cannot_be_frozen_again() throws SQLException {
        accounts.freeze("erin", new BigDecimal("9995.00"));

        assertAccount("erin", Side.CUSTOMER, "10000.00", "9995.00");
        assertRefused(() -> accounts.freeze("erin", TEN), Reason.FORBIDDEN_BY_BUSINESS, "erin does not have 10.00");
    }

    @Test
    void what_is_deducted_here_is_credited_there() throws SQLException {
        accounts.freeze("erin", TEN);
        accounts.credit("bakery", TEN);
        accounts.deduct("erin", TEN);

        assertAccount("erin", Side.CUSTOMER, "9990.00", "0");
        assertAccount("bakery", Side.MERCHANT, "10.00", "0");
    }

    @Test
    void what_is_unfrozen_is_there_as_before() throws SQLException {
        accounts.freeze("erin", TEN);
        accounts.unfreeze("erin", TEN);

        assertAccount("erin", Side.CUSTOMER, "10000.00", "0");
    }

    @Test
    void what_was_not_frozen_is_neither_deducted_nor_unfrozen() {
        assertThatThrownBy(() -> accounts.deduct("erin", TEN)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> accounts.unfreeze("erin", TEN)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void who_is_not_there_is_named() {
        assertRefused(() -> accounts.freeze("bakery", TEN), Reason.UNKNOWN, "no customer 'bakery'");
        assertRefused(() -> accounts.find("erin", Side.MERCHANT), Reason.UNKNOWN, "no merchant 'erin'");
    }

    @Test
    void the_newest_payment_is_first_with_its_steps_as_they_happened() throws SQLException {
        payments.insert(order("1"));
        payments.insert(order("2"));
        payments.note("1", What.FROZEN, "frozen");
        payments.note("1", What.REFUSED, "closed");
        payments.noteFailure("1", "failed");
        payments.noteFailure("1", "failed");

        assertThat(payments.newest(2)).extracting(Payment::id).containsExactly("2", "1");
        assertThat(payments.newest(1)).hasSize(1);
        assertThat(payments.find("1"))
                .get()
                .extracting(Payment::steps, InstanceOfAssertFactories.list(Step.class))
                .extracting(Step::what)
                .containsExactly(What.FROZEN, What.REFUSED, What.UNFREEZING_FAILED, What.UNFREEZING_FAILED);
        assertThat(payments.find("3")).isEmpty();
        assertThat(payments.failures("1")).isEqualTo(2);
        assertThat(payments.refusal("1")).contains("closed");
        assertThat(payments.refusal("2")).isEmpty();
    }

    @Test
    void a_payment_and_each_of_its_effects_come_once() throws SQLException {
        payments.insert(order("1"));
        payments.note("1", What.FROZEN, "frozen");

        assertRefused(() -> payments.insert(order("1")), Reason.CONFLICT, "There is a payment 1 already");
        assertThatThrownBy(() -> payments.note("1", What.FROZEN, "again")).isInstanceOf(SQLException.class);
    }

    @Test
    void an_alarm_is_found_by_its_cause_however_long_that_is() throws SQLException {
        alarms.insert(
                new RaisedAlarm("CustomerAccount.freeze", "CANCEL", 5, "payment 1 stays frozen" + "x".repeat(1000)));
        alarms.insert(new RaisedAlarm("Limits.reserve", "CONFIRM", 6, "locked"));

        assertThat(alarms.isRaised("payment 1 stays")).isTrue();
        assertThat(alarms.isRaised("payment 2 stays")).isFalse();
        assertThat(alarms.newest(5)).extracting(RaisedAlarm::attempts).containsExactly(6, 5);
        assertThat(alarms.newest(1)).hasSize(1);
    }

    private static PaymentOrder order(String id) {
        return new PaymentOrder(id, "erin", "bakery", TEN, Fault.NONE);
    }

    private void assertAccount(String id, Side side, String balance, String frozen) throws SQLException {
        Account account = accounts.find(id, side);
        assertThat(account.balance()).isEqualByComparingTo(balance);
        assertThat(account.frozen()).isEqualByComparingTo(frozen);
    }

    private static void assertRefused(ThrowingCallable call, Reason reason, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason))
                .hasMessageContaining(message);
    }
}
