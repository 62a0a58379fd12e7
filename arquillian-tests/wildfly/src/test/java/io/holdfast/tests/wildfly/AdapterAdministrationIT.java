package io.holdfast.tests.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.AdapterProperty;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The adapter as an administrator of WildFly has it: its properties by the management interface, its MBean by JMX. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdapterAdministrationIT {
    private static final String ADAPTER = "holdfast.rar";

    private final WildFlyHome home = new WildFlyHome(Path.of(System.getProperty("holdfast.server.home")));
    private final WildFlyProcess server = new WildFlyProcess(
            home, WildFlyPorts.free(), List.of(), Path.of(System.getProperty("holdfast.deployments")));

    @BeforeAll
    void start() {
        home.configure();
        server.start();
        server.deploy(ADAPTER);
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    private AdapterBeans beans() {
        return AdapterBeans.of(server.process());
    }

    @Test
    void every_property_that_is_set_by_the_management_interface_is_read_back_and_in_effect() {
        List<AdapterProperty> properties = AdapterProperty.all(home.data().resolve("holdfast/other"));
        Map<String, String> before = server.adapterProperties();
        Map<String, Object> usual;
        try (AdapterBeans beans = beans()) {
            usual = beans.map("Properties");
            assertThat(usual)
                    .containsOnlyKeys(AdapterProperty.values(properties).keySet());
            assertThat(usual.entrySet())
                    .doesNotContainAnyElementsOf(
                            AdapterProperty.inEffect(properties).entrySet());
        }

        server.setAdapterProperties(AdapterProperty.values(properties));

        assertThat(server.adapterProperties()).isEqualTo(AdapterProperty.values(properties));
        try (AdapterBeans beans = beans()) {
            assertThat(beans.map("Properties")).isEqualTo(AdapterProperty.inEffect(properties));
        }
        server.replaceAdapterProperties(before);
        try (AdapterBeans beans = beans()) {
            assertThat(beans.map("Properties")).isEqualTo(usual);
        }
    }

    @Test
    void a_changed_property_leaves_the_adapter_its_node_id() {
        Set<String> node = nodes();

        server.setAdapterProperty("statusRetentionSeconds", "600");

        assertThat(nodes()).isEqualTo(node).hasSize(1);
        server.setAdapterProperty("statusRetentionSeconds", null);
    }

    static List<AdapterProperty.Bad> badValues() {
        return AdapterProperty.BAD;
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void a_bad_value_is_named_in_the_log_and_the_adapter_works_on_when_it_is_mended(AdapterProperty.Bad bad)
            throws IOException {
        Map<String, String> before = server.adapterProperties();
        Set<String> node = nodes();
        assertThat(Files.readString(home.log())).doesNotContain(bad.complaint());

        server.setAdapterProperty(bad.name(), bad.value());

        assertThat(Files.readString(home.log())).contains(bad.complaint());
        assertThat(nodes()).isEmpty();
        server.replaceAdapterProperties(before);
        assertThat(nodes()).isEqualTo(node).hasSize(1);
        server.testAdapterConnection();
    }

    private Set<String> nodes() {
        try (AdapterBeans beans = beans()) {
            return beans.nodes();
        }
    }

    @Test
    void statistics_are_read_and_operations_answer_with_numbered_messages() {
        try (AdapterBeans beans = beans()) {
            assertThat(beans.map("Counts")).containsKeys("PREPARED", "COMMITTED", "HEURISTIC", "RECOVER_CALLS");
            assertThat(beans.attribute("InDoubt")).isEqualTo(0);
            beans.invoke("retryNow");
            assertThatThrownBy(() -> beans.invoke("rollbackInDoubt", "1:00:00", "Ann", "why"))
                    .hasMessageContaining("HFRAR034");
            assertThatThrownBy(() -> beans.invoke("resolve", "1:00:00", "", "why"))
                    .hasMessageContaining("HFRAR035")
                    .hasMessageContaining("1 to 200");
        }
    }
}
