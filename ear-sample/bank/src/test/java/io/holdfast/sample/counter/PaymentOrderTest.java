package io.holdfast.sample.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.counter.PaymentOrder.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentOrderTest {
    @Test
    void a_payment_needs_a_customer_a_merchant_and_an_amount_only() {
        PaymentOrder order = PaymentOrder.parse("{\"customer\":\"erin\",\"merchant\":\"bakery\",\"amount\":\"1.5\"}");

        assertThat(order.customer()).isEqualTo("erin");
        assertThat(order.merchant()).isEqualTo("bakery");
        assertThat(order.amount()).isEqualByComparingTo("1.50");
        assertThat(order.fault()).isEqualTo(Fault.NONE);
        assertThat(order.id()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                      | customer is missing",
                "{\"customer\":\"erin\"}                                 | merchant is missing",
                "{\"customer\":\"erin\",\"merchant\":\"a b\"}            | 'a b'",
                "{\"customer\":\"erin\",\"merchant\":\"b\"}              | amount is missing",
                "{\"customer\":\"erin\",\"merchant\":\"b\",\"amount\":0} | '0' must be more than zero",
                "{\"customer\":\"e\",\"merchant\":\"b\",\"amount\":1,\"fault\":\"x\"} | 'x' must be none, closed",
                "[]                                                      | not a JSON object",
            })
    void a_wrong_value_is_refused_by_name(String body, String message) {
        assertThatThrownBy(() -> PaymentOrder.parse(body))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @EnumSource
    void every_fault_but_none_begins_with_a_merchant_who_refuses(Fault fault) {
        assertThat(fault.closesMerchant()).isEqualTo(fault != Fault.NONE);
    }

    @Test
    void unfreezing_fails_three_times_or_until_an_alarm_and_never_for_ever() {
        assertThat(Fault.CLOSED.failsUnfreezing(0, false)).isFalse();
        assertThat(Fault.UNFREEZE.failsUnfreezing(2, false)).isTrue();
        assertThat(Fault.UNFREEZE.failsUnfreezing(3, false)).isFalse();
        assertThat(Fault.ALARM.failsUnfreezing(3, false)).isTrue();
        assertThat(Fault.ALARM.failsUnfreezing(3, true)).isFalse();
        assertThat(Fault.ALARM.failsUnfreezing(30, false)).isFalse();
    }
}
