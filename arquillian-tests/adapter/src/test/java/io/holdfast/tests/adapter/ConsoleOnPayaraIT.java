package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraResources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter in Payara's admin console. */
@NullUnmarked
class ConsoleOnPayaraIT {
    private final Path directory = Path.of(System.getProperty("holdfast.payara.home"));
    private final PayaraHome payara = new PayaraHome(directory);

    @BeforeEach
    void start() {
        payara.configure();
        payara.start();
        new PayaraResources(payara)
                .deployAdapter(AdapterServer.ARCHIVES.resolve(AdapterServer.ADAPTER), "statusRetentionSeconds=600");
    }

    @AfterEach
    void stop() {
        payara.stop();
    }

    @Test
    void the_console_shows_the_properties_that_are_set() throws IOException, InterruptedException {
        URI console = URI.create("http://127.0.0.1:" + payara.adminPort() + "/");
        try (Browser browser = new Browser(directory.resolve("browser"), "admin", "")) {
            browser.open(console);
            browser.awaitTrue("document.body.innerText.includes('Payara')");
            browser.photograph(Path.of(System.getProperty("holdfast.reports"), "payara-start.png"));
            System.out.println(browser.evaluate("document.body.innerText"));
            browser.open(console.resolve("/jca/resourceAdapterConfigEdit.jsf?name=holdfast&bare=true"));
            browser.awaitTrue("document.body.innerHTML.includes('statusRetentionSeconds')");
            browser.photograph(Path.of(System.getProperty("holdfast.reports"), "payara.png"));
            assertThat(browser.evaluate("document.body.innerHTML")).contains("600");
        }
    }
}
