package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter in WildFly's management console, HAL, as an administrator who has logged in sees it. */
@NullUnmarked
class ConsoleOnWildFlyIT {
    private static final String USER = "ann";
    private static final String PASSWORD = "a-Secret-1";

    /** The field to which properties are added. */
    private static final String PROPERTIES = "document.querySelector('input[id$=config-properties-editing]')";

    private static final Duration SAVED = Duration.ofSeconds(30);

    private final WildFlyHome home = AdapterServer.wildFlyHome();
    private final WildFlyPorts ports = WildFlyPorts.free();
    private WildFlyProcess server;

    @BeforeEach
    void start() {
        home.configure();
        home.addManagementUser(USER, PASSWORD);
        server = new WildFlyProcess(home, ports, List.of(), AdapterServer.ARCHIVES);
        server.start();
        server.deploy(AdapterServer.ADAPTER);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void a_property_that_is_set_in_the_console_is_set_and_shown_beside_the_others() throws Exception {
        Map<String, String> before = server.adapterProperties();
        Map<String, String> after = new HashMap<>(before);
        after.put("statusRetentionSeconds", "600");
        URI console = URI.create("http://127.0.0.1:" + ports.management() + "/console/index.html");
        try (Browser browser = new Browser(home.path().resolve("browser"), USER, PASSWORD)) {
            browser.open(URI.create(console + "#resource-adapter;name=holdfast"));
            browser.awaitTrue("document.body.innerText.includes('logDirectory')");

            browser.click("a", "Edit");
            browser.type(PROPERTIES, "statusRetentionSeconds=600", true);
            browser.click("button", "Save");

            browser.awaitTrue("document.body.innerText.includes('statusRetentionSeconds \u21d2 600')");
            await().atMost(SAVED)
                    .untilAsserted(() -> assertThat(server.adapterProperties()).isEqualTo(after));
            browser.photograph(Path.of(System.getProperty("holdfast.reports"), "console-wildfly.png"));
            String page = browser.evaluate("document.body.innerText");
            assertThat(page).contains(USER, "holdfast.rar");
            after.forEach((name, value) -> assertThat(page).contains(name + " \u21d2 " + value));
        }
    }
}
