package io.holdfast.sample.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    @Test
    void an_amount_may_be_a_text_or_a_number() {
        assertThat(RequestBody.parse("{\"amount\":\"12.34\"}").amount("amount")).isEqualTo("12.34");
        assertThat(RequestBody.parse("{\"amount\":12.34}").amount("amount")).isEqualTo("12.34");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "12", "nonsense"})
    void what_is_no_json_object_is_refused(String text) {
        assertThatThrownBy(() -> RequestBody.parse(text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("JSON object");
    }

    @Test
    void a_body_beyond_the_bound_is_refused() {
        assertThatThrownBy(() -> RequestBody.parse(" ".repeat(9_999) + "{}")).hasMessageContaining("10001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../x", "-x", "ä", "<b>"})
    void an_id_with_other_characters_is_refused_by_its_value(String id) {
        assertThatThrownBy(() -> RequestBody.id("id", id)).hasMessageContaining("'" + id + "'");
    }

    @Test
    void an_id_has_at_most_64_characters() {
        assertThat(RequestBody.id("id", "x".repeat(64))).hasSize(64);
        assertThatThrownBy(() -> RequestBody.id("id", "x".repeat(65))).isInstanceOf(RefusedException.class);
    }

    @Test
    void a_missing_field_is_named() {
        assertThatThrownBy(() -> RequestBody.parse("{}").amount("amount")).hasMessage("amount is missing");
        assertThatThrownBy(() -> RequestBody.parse("{\"id\":null}").id("id")).hasMessage("id is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.1", "\"0.5\"", "true", "1e999999999"})
    void a_probability_outside_its_bounds_is_refused_by_its_value(String value) {
        assertThatThrownBy(() ->
                        RequestBody.parse("{\"failBefore\":" + value + "}").probability("failBefore"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("failBefore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1.5", "86400001", "\"5\"", "1e-999999999"})
    void a_whole_number_outside_its_bounds_is_refused(String value) {
        assertThatThrownBy(() -> RequestBody.parse("{\"limit\":" + value + "}").wholeNumber("limit", 1, 86_400_000))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("limit");
    }
}
