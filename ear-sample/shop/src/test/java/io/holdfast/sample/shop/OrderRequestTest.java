package io.holdfast.sample.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.shop.OrderRequest.Fault;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderRequestTest {
    @Test
    void what_is_missing_has_a_default() {
        OrderRequest request = OrderRequest.parse("{\"customer\":\"alice\",\"amount\":\"12.5\"}");
        assertThat(request.mode()).isEqualTo(Mode.XA);
        assertThat(request.fault()).isEqualTo(Fault.NONE);
        assertThat(request.amount()).isEqualTo(new BigDecimal("12.50"));
        assertThat(request.id()).isNotEmpty();
        assertThat(request.tell()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"amount\":1}; customer is missing",
                "{\"customer\":\"alice\",\"amount\":0}; amount '0'",
                "{\"customer\":\"alice\",\"amount\":1,\"mode\":\"mail\"}; mode 'mail' must be xa or outbox",
                "{\"customer\":\"alice\",\"amount\":1,\"fault\":\"fire\"}; fault 'fire' must be none, after-send",
                "{\"customer\":\"alice\",\"amount\":1,\"mode\":\"outbox\",\"tell\":\"http://h/\"}; tell 'http://h/' needs the mode xa"
            })
    void a_wrong_value_is_refused_by_name(String body, String message) {
        assertThatThrownBy(() -> OrderRequest.parse(body))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(message);
    }
}
