package io.holdfast.sample.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalParticipant;
import io.holdfast.api.ParticipantAlarm;
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
import java.util.Optional;
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
        assertRefused(() -> accounts.require("erin", Side.MERCHANT), Reason.UNKNOWN, "no merchant 'erin'");
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
    void an_overview_explains_the_accounts_by_all_payments_also_by_those_that_it_does_not_list() throws SQLException {
        for (int i = 1; i <= 150; i++) {
            pay("paid" + i, What.FROZEN, What.CREDITED, What.DEDUCTED);
            pay("back" + i, What.FROZEN, What.REFUSED, What.UNFROZEN);
        }

        Overview overview = Overview.of(new CounterBook.Tables(connection));
        assertThat(overview.payments()).hasSize(100);
        assertThat(overview.unsettled()).isZero();
        assertThat(overview.json().getJsonArray("accounts").getJsonObject(1).getString("paid"))
                .isEqualTo("1500.00");
        assertThat(account("erin").paid()).isEqualByComparingTo("1500.00");
        assertThat(account("bakery").paid()).isEqualByComparingTo("1500.00");
        assertThat(account("frank").paid()).isZero();
    }

    @Test
    void a_payment_that_is_half_done_both_or_neither_is_unsettled() throws SQLException {
        pay("1", What.FROZEN);
        pay("2", What.FROZEN, What.CREDITED);
        pay("3", What.FROZEN, What.DEDUCTED);
        pay("4", What.FROZEN, What.CREDITED, What.DEDUCTED, What.UNFROZEN);
        pay("5", What.FROZEN, What.CREDITED, What.UNFROZEN);
        pay("6", What.CREDITED, What.DEDUCTED);
        pay("7");
        pay("paid", What.FROZEN, What.CREDITED, What.DEDUCTED);
        pay("taken back", What.FROZEN, What.UNFROZEN);

        assertThat(payments.unsettled()).isEqualTo(7);
    }

    private void pay(String id, What... steps) throws SQLException {
        payments.insert(order(id));
        for (What step : steps) {
            payments.note(id, step, "");
        }
    }

    @Test
    void an_alarm_is_found_by_the_payment_that_stays_frozen_however_long_its_cause_is() throws SQLException {
        String cause = "x".repeat(1000) + new VaultStuckException("1") + "x".repeat(1000);
        alarms.put(alarm("t1:p", Decision.CANCEL, 5, false, cause));
        alarms.put(alarm("t2:p", Decision.CONFIRM, 6, true, "locked"));

        assertThat(alarms.isRaised("1")).isTrue();
        assertThat(alarms.isRaised("2")).isFalse();
        assertThat(alarms.newest(5)).extracting(RaisedAlarm::attempts).containsExactly(6, 5);
        assertThat(alarms.newest(1))
                .containsExactly(new RaisedAlarm(
                        Enlisted.parse("t2:p"),
                        "CustomerAccount.freeze",
                        Decision.CONFIRM,
                        6,
                        true,
                        "locked",
                        Optional.empty()));
    }

    @Test
    void a_repeated_alarm_replaces_the_one_of_its_participant_and_is_the_newest() throws SQLException {
        alarms.put(alarm("t1:p", Decision.CANCEL, 5, false, "stuck"));
        alarms.put(alarm("t1:q", Decision.CANCEL, 6, false, "stuck"));
        alarms.put(alarm("t1:p", Decision.CANCEL, 7, true, "closed"));

        assertThat(alarms.newest(5)).extracting(RaisedAlarm::attempts).containsExactly(7, 6);
    }

    @Test
    void the_oldest_of_too_many_alarms_are_dropped() throws SQLException {
        for (int i = 1; i <= AlarmTable.MOST + 2; i++) {
            alarms.put(alarm("t" + i + ":p", Decision.CANCEL, i, false, "stuck"));
        }

        assertThat(alarms.newest(1000))
                .hasSize(AlarmTable.MOST)
                .extracting(RaisedAlarm::attempts)
                .startsWith(AlarmTable.MOST + 2)
                .endsWith(3);
    }

    private static RaisedAlarm alarm(String enlisted, Decision decision, int attempts, boolean refused, String cause) {
        LocalParticipant participant = new LocalParticipant("bank", CustomerAccount.class.getName(), "freeze", "", "");
        return RaisedAlarm.of(
                new ParticipantAlarm(Enlisted.parse(enlisted), participant, decision, attempts, refused, cause));
    }

    private static PaymentOrder order(String id) {
        return new PaymentOrder(id, "erin", "bakery", TEN, Fault.NONE);
    }

    private void assertAccount(String id, Side side, String balance, String frozen) throws SQLException {
        accounts.require(id, side);
        Account account = account(id);
        assertThat(account.balance()).isEqualByComparingTo(balance);
        assertThat(account.frozen()).isEqualByComparingTo(frozen);
    }

    private Account account(String id) throws SQLException {
        return accounts.all().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(ThrowingCallable call, Reason reason, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason))
                .hasMessageContaining(message);
    }
}
