package io.holdfast.tests.wildfly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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
    void a_property_that_is_set_by_the_management_interface_is_shown_by_the_bean() {
        Set<String> node;
        try (AdapterBeans beans = beans()) {
            node = beans.nodes();
            assertThat(beans.map("Properties")).containsEntry("statusRetentionSeconds", "60");
        }

        server.setAdapterProperty("statusRetentionSeconds", "600");

        try (AdapterBeans beans = beans()) {
            assertThat(beans.nodes()).isEqualTo(node).hasSize(1);
            assertThat(beans.map("Properties")).containsEntry("statusRetentionSeconds", "600");
        }
        server.setAdapterProperty("statusRetentionSeconds", null);
    }

    @Test
    void a_property_out_of_its_bounds_is_named_in_the_log_and_the_adapter_is_not_there() throws IOException {
        server.setAdapterProperty("holdTimeoutMillis", "0");

        assertThat(Files.readString(home.log()))
                .contains(
                        "HFRAR003 The property holdTimeoutMillis of the resource adapter is 0; it must be 1 to 600000");
        try (AdapterBeans beans = beans()) {
            assertThat(beans.nodes()).isEmpty();
        }
        server.setAdapterProperty("holdTimeoutMillis", null);
        try (AdapterBeans beans = beans()) {
            assertThat(beans.nodes()).hasSize(1);
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
