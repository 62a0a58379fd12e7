package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter in WildFly's management console, HAL, as an administrator who has logged in sees it. */
@NullUnmarked
class ConsoleOnWildFlyIT {
    private static final String USER = "ann";
    private static final String PASSWORD = "a-Secret-1";

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
    void the_console_shows_the_properties_that_are_set() throws IOException, InterruptedException {
        server.setAdapterProperty("statusRetentionSeconds", "600");
        URI console = URI.create("http://127.0.0.1:" + ports.management() + "/console/index.html");
        try (Browser browser = new Browser(home.path().resolve("browser"), USER, PASSWORD)) {
            browser.open(URI.create(console + "#resource-adapter;name=holdfast"));
            browser.awaitTrue("document.body.innerText.includes('statusRetentionSeconds')");
            browser.photograph(Path.of(System.getProperty("holdfast.reports"), "console-wildfly.png"));
            assertThat(browser.evaluate("document.body.innerText"))
                    .contains(USER, "holdfast.rar", "logDirectory", "statusRetentionSeconds \u21d2 600");
        }
    }
}
