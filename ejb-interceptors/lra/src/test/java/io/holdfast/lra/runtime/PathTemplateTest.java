package io.holdfast.lra.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    @Test
    void values_replace_templates_with_and_without_expressions() {
        assertThat(PathTemplate.fill("/hotels/{ hotel : [0-9]{1,3} }/undo/{hotel}", Map.of("hotel", "17")))
                .isEqualTo("/hotels/17/undo/17");
    }

    @Test
    void a_value_cannot_break_out_of_the_link() {
        assertThat(PathTemplate.fill("/{a}", Map.of("a", "x,y;z"))).isEqualTo("/x%2Cy%3Bz");
    }

    @Test
    void a_missing_value_is_named() {
        assertThatThrownBy(() -> PathTemplate.fill("/{a}/{b}", Map.of("a", "1")))
                .hasMessageContaining("{b}");
    }
}
