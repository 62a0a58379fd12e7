package io.holdfast.lra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.lra.client.CoordinatorAddress;
import io.holdfast.lra.client.CoordinatorSettings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParticipantConfigurationTest {
    @Test
    void without_properties_the_coordinator_of_the_same_server_is_called() {
        CoordinatorSettings settings = read(Map.of());

        assertThat(settings.coordinators())
                .containsExactly(CoordinatorAddress.parse("http://localhost:8080/lra-coordinator/lra-coordinator"));
        assertThat(settings.trusted()).containsExactlyElementsOf(settings.coordinators());
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.responseTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void all_properties_are_read() {
        CoordinatorSettings settings = read(Map.of(
                "lra.coordinator.url", " http://a/c , https://b:8443/c/ ,",
                "holdfast.lra.trusted.coordinators", "http://d/c",
                "holdfast.lra.connect.timeout.ms", "10",
                "holdfast.lra.response.timeout.ms", " 600000 "));

        assertThat(settings.coordinators())
                .containsExactly(CoordinatorAddress.parse("http://a/c"), CoordinatorAddress.parse("https://b:8443/c"));
        assertThat(settings.trusted()).hasSize(3).contains(CoordinatorAddress.parse("http://d/c"));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofMillis(10));
        assertThat(settings.responseTimeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({
        "lra.coordinator.url, localhost:8080, an http or https URL",
        "holdfast.lra.trusted.coordinators, *, an http or https URL",
        "holdfast.lra.connect.timeout.ms, 9, 10 to 600000 milliseconds",
        "holdfast.lra.response.timeout.ms, 600001, 10 to 600000 milliseconds",
        "holdfast.lra.response.timeout.ms, 10s, 10 to 600000 milliseconds",
        "holdfast.lra.response.timeout.ms, -1, 10 to 600000 milliseconds"
    })
    void what_is_out_of_bounds_is_named_with_its_value_and_the_bound(String name, String value, String bound) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(Map.of(name, value)))
                .withMessageStartingWith("HFPAR017 " + name + " must be " + bound)
                .withMessageEndingWith("not '" + value + "'");
    }

    @Test
    void there_may_be_sixteen_coordinators() {
        String many =
                IntStream.range(0, 17).mapToObj(i -> "http://h" + i + "/c").collect(Collectors.joining(","));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(Map.of("lra.coordinator.url", many)))
                .withMessage("HFPAR017 lra.coordinator.url must be at most 16 URLs, not '17'");
    }

    private static CoordinatorSettings read(Map<String, String> properties) {
        return ParticipantConfiguration.read(PropertySource.of(properties::get));
    }
}
