package io.holdfast.scenarios.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WildFlyPortsTest {
    @Test
    void areGivenToOneServerOnlyEvenBeforeItOpensThem() {
        assertThat(Stream.generate(WildFlyPorts::free).limit(3)).doesNotHaveDuplicates();
    }
}
