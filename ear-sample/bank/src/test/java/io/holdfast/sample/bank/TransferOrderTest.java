package io.holdfast.sample.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sample.common.RefusedException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferOrderTest {
    @Test
    void an_order_without_an_id_gets_one() {
        String text = "{\"customer\":\"alice\",\"merchant\":\"tea\",\"amount\":\"1\"}";

        assertThat(TransferOrder.parse(text).id())
                .isNotEqualTo(TransferOrder.parse(text).id());
    }

    @Test
    void everything_that_can_be_said_is_read() {
        assertThat(TransferOrder.parse("{\"id\":\"t1\",\"customer\":\"alice\",\"merchant\":\"tea\",\"amount\":12.5,"
                        + "\"fault\":\"after-try\",\"waitForGo\":true,\"timeLimitMillis\":1500}"))
                .isEqualTo(new TransferOrder(
                        "t1",
                        "alice",
                        "tea",
                        new BigDecimal("12.50"),
                        TransferOrder.Fault.AFTER_TRY,
                        true,
                        Optional.of(Duration.ofMillis(1500))));
    }

    @ParameterizedTest
    @CsvSource({
        "id, '\"a b\"', a b",
        "customer, '\"\"', customer",
        "merchant, 7, 7",
        "amount, '\"-3\"', -3",
        "amount, '\"0.001\"', 0.001",
        "amount, '\"1000000000.01\"', 1000000000.01",
        "amount, true, true",
        "fault, '\"sometimes\"', sometimes",
        "waitForGo, '\"yes\"', yes",
        "timeLimitMillis, 0, 0",
        "timeLimitMillis, 86400001, 86400001"
    })
    void a_wrong_value_is_refused_and_named(String field, String json, String named) {
        assertThatThrownBy(() -> TransferOrder.parse("{\"customer\":\"alice\",\"merchant\":\"tea\",\"amount\":\"1\",\""
                        + field + "\":" + json + "}"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(named);
    }
}
