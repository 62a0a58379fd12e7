package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String PROPERTY = "bench.test";

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "five", "", "99999999999"})
    void a_number_that_is_none_or_out_of_bounds_is_refused_with_its_name_and_bounds(String value) {
        System.setProperty(PROPERTY, value);

        assertThatThrownBy(() -> Settings.number(PROPERTY, 5, 1, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bench.test is " + value + ", it must be a number from 1 to 100");
    }

    @Test
    void several_are_named_in_any_order_and_case() {
        System.setProperty(PROPERTY, "Floor, narayana");

        assertThat(Settings.several(PROPERTY, Contender.values(), Contender::word))
                .containsExactly(Contender.NARAYANA, Contender.FLOOR);
    }

    @Test
    void all_is_the_default() {
        assertThat(Settings.several(PROPERTY, Workload.values(), Workload::word))
                .containsExactly(Workload.values());
    }

    @Test
    void an_unknown_word_is_refused_with_those_that_are_known() {
        System.setProperty(PROPERTY, "floor,roof");

        assertThatThrownBy(() -> Settings.several(PROPERTY, Contender.values(), Contender::word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bench.test is floor,roof, but roof is none of narayana, holdfast, floor or all");
    }
}
