package io.holdfast.sample.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sample.common.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreOrderTest {
    @Test
    void an_order_needs_an_item_only() {
        StoreOrder order = StoreOrder.parse("{\"item\":\"lamp\"}");

        assertThat(order.item()).isEqualTo("lamp");
        assertThat(order.pieces()).isEqualTo(1);
        assertThat(order.failure()).isEqualTo(StoreOrder.Failure.NONE);
        assertThat(order.id()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                 | item is missing",
                "{\"item\":\"a lamp\"}              | 'a lamp'",
                "{\"item\":\"lamp\",\"pieces\":0}   | 0 must be a whole number from 1 to 100",
                "{\"item\":\"lamp\",\"pieces\":101} | 101",
                "{\"item\":\"lamp\",\"failAt\":\"x\"} | 'x'",
            })
    void a_wrong_value_is_refused_by_name(String body, String message) {
        assertThatThrownBy(() -> StoreOrder.parse(body))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }
}
