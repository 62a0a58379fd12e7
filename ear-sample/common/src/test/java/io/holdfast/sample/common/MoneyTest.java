package io.holdfast.sample.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({"12.34,12.34", "1,1.00", "0.01,0.01", "1000000000,1000000000.00", "12.3400,12.34", "1e2,100.00"})
    void an_amount_has_two_decimals(String text, String amount) {
        assertThat(Money.amount(text)).isEqualTo(amount);
        assertThat(Money.text(Money.amount(text))).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "-0.01",
                "0.001",
                "12.345",
                "1000000000.01",
                "twelve",
                "",
                " 1",
                "1,50",
                "NaN",
                "1e999999999",
                "1e-999999999"
            })
    void anything_else_is_refused_by_its_value(String text) {
        assertThatThrownBy(() -> Money.amount(text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void a_very_long_number_is_refused_without_being_read() {
        assertThatThrownBy(() -> Money.amount("1".repeat(100_000)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("too long")
                .hasMessageMatching("(?s).{1,120}");
    }
}
