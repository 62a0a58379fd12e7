package io.holdfast.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.coordinator.input.HostNotAllowedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {
    private final Map<String, String> properties = new HashMap<>(Map.of("jboss.server.data.dir", "/data"));

    private Configuration read() {
        return Configuration.read(PropertySource.of(properties::get));
    }

    @Test
    void nothing_has_to_be_configured() {
        Configuration configuration = read();

        assertThat(configuration.logDirectory()).isEqualTo(Path.of("/data/holdfast/coordinator"));
        assertThat(configuration.baseUrl()).isEmpty();
        assertThat(configuration.callbackTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.endWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.settings().retention()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.settings().retentionCount()).isEqualTo(100_000);
        assertThat(configuration.callbackHosts().allows("localhost")).isTrue();
        assertThat(configuration.callbackHosts().allows("elsewhere")).isFalse();
    }

    @Test
    void payara_tells_its_directory_by_another_name() {
        properties.remove("jboss.server.data.dir");
        properties.put("com.sun.aas.instanceRoot", "/domain1");

        assertThat(read().logDirectory()).isEqualTo(Path.of("/domain1/holdfast/coordinator"));
    }

    @Test
    void a_server_without_a_data_directory_needs_the_property() {
        properties.clear();

        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(Configuration.LOG_DIRECTORY);
    }

    @ParameterizedTest
    @CsvSource({
        "holdfast.coordinator.callback.timeout.ms,99",
        "holdfast.coordinator.callback.timeout.ms,ten",
        "holdfast.coordinator.end.wait.ms,-1",
        "holdfast.coordinator.end.wait.ms,300001",
        "holdfast.coordinator.retention.seconds,0",
        "holdfast.coordinator.retention.count,-1",
        "holdfast.coordinator.retention.count,10000001",
        "holdfast.coordinator.patience.ms,0",
        "holdfast.coordinator.retry.first.ms,9",
        "holdfast.coordinator.max.calls.per.endpoint,10001",
        "holdfast.coordinator.max.participants,99999999999999999999",
        "holdfast.coordinator.base.url,ftp://h/lra-coordinator",
        "holdfast.coordinator.base.url,http://h/elsewhere",
        "holdfast.coordinator.base.url,http://u@h/lra-coordinator",
        "holdfast.coordinator.base.url,http://h/lra-coordinator?x=1",
        "holdfast.coordinator.alarm.url,ftp://localhost/alarms",
        "holdfast.coordinator.alarm.url,http://u@localhost/alarms",
        "holdfast.coordinator.alarm.url,http://local host/alarms",
        "holdfast.coordinator.alarm.url,http://elsewhere/alarms",
        "holdfast.coordinator.alarm.attempts,1000001",
        "holdfast.coordinator.alarm.after.seconds,-1",
        "holdfast.coordinator.operators.role,*",
        "holdfast.coordinator.operators.role,**",
        "holdfast.coordinator.hosts,http://h",
        "holdfast.coordinator.callback.hosts,h:80"
    })
    void a_wrong_value_is_refused_with_property_and_value(String name, String value) {
        properties.put(name, value);

        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("'" + value + "'");
    }

    @Test
    void a_role_that_is_too_long_is_refused() {
        properties.put(Configuration.OPERATORS_ROLE, "r".repeat(201));

        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(Configuration.OPERATORS_ROLE)
                .hasMessageContaining("200");
    }

    @Test
    void a_role_with_control_characters_is_refused_in_one_line() {
        properties.put(Configuration.OPERATORS_ROLE, "clerk\nHFLRA001 all is well");

        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(Configuration.OPERATORS_ROLE, "'clerk?HFLRA001 all is well'");
    }

    @Test
    void alarms_may_be_sent_to_a_host_that_participants_may_live_on() {
        properties.put(Configuration.CALLBACK_HOSTS, "pager");
        properties.put(Configuration.ALARM_URL, "https://pager/alarms");

        assertThat(read().alarmUrl()).hasToString("Optional[https://pager/alarms]");
        assertThat(read().operatorsRole()).isEmpty();
    }

    @Test
    void a_last_interval_below_the_first_is_refused() {
        properties.put(Configuration.RETRY_FIRST_MS, "60000");

        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(Configuration.RETRY_MAX_MS);
    }

    @Test
    void the_coordinators_own_hosts_may_be_called_back() {
        properties.put(Configuration.BASE_URL, "http://Coord:8080/lra-coordinator/lra-coordinator/");
        properties.put(Configuration.HOSTS, "alias");

        assertThat(read().baseUrl()).contains("http://Coord:8080/lra-coordinator/lra-coordinator");
        assertThat(read().callbackHosts().allows("coord")).isTrue();
        assertThat(read().callbackHosts().allows("alias")).isTrue();
    }

    @Test
    void an_environment_variable_has_the_property_in_capitals() {
        assertThat(PropertySource.environmentName(Configuration.BASE_URL)).isEqualTo("HOLDFAST_COORDINATOR_BASE_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/lra-coordinator/lra-coordinator",
                "http://[::1]:8080/lra-coordinator/lra-coordinator"
            })
    void ids_take_a_loopback_host_from_the_request(String requested) {
        BaseUrl base = new BaseUrl(read());

        assertThat(base.forRequest(requested)).isEqualTo(requested);
        assertThat(base.forRequest(requested)).as("the second time").isEqualTo(requested);
    }

    @Test
    void ids_never_take_what_is_no_address_from_the_request() {
        assertThatThrownBy(() -> new BaseUrl(read()).forRequest("http://local host/lra-coordinator"))
                .isInstanceOf(HostNotAllowedException.class);
    }

    @Test
    void ids_never_take_a_host_that_is_not_trusted_from_the_request() {
        BaseUrl base = new BaseUrl(read());
        base.forRequest("http://localhost/lra-coordinator/lra-coordinator");

        assertThatThrownBy(() -> base.forRequest("http://evil.example/lra-coordinator/lra-coordinator"))
                .isInstanceOf(HostNotAllowedException.class)
                .hasMessageContaining("'evil.example'")
                .hasMessageContaining(Configuration.BASE_URL);
    }

    @Test
    void a_configured_base_is_used_whatever_was_called() {
        properties.put(Configuration.BASE_URL, "https://coord/lra-coordinator");

        assertThat(new BaseUrl(read()).forRequest("http://evil.example/x")).isEqualTo("https://coord/lra-coordinator");
    }
}
