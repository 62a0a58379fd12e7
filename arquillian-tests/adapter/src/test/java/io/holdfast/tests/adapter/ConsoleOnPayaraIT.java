package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraResources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter in Payara's admin console, as an administrator who has logged in sees it. */
@NullUnmarked
class ConsoleOnPayaraIT {
    private static final String USER = "ann";
    private static final String PASSWORD = "a-Secret-1";

    /** What stands in the fields that are seen, which the text of the page does not hold. */
    private static final String FIELDS = "Array.from(document.querySelectorAll('input[type=text], select'))"
            + ".filter(field => field.getClientRects().length > 0).map(field => field.value).join('\\n')";

    /** The field of that property's value, in the row of its name. */
    private static final String STATUS_RETENTION = "Array.from(document.querySelectorAll('tr'))"
            + ".map(row => Array.from(row.querySelectorAll('input[type=text]')))"
            + ".find(fields => fields.length === 2 && fields[0].value === 'statusRetentionSeconds')[1]";

    private static final Duration SAVED = Duration.ofSeconds(30);

    private static final Path PICTURES = Path.of(System.getProperty("holdfast.reports"));

    private final Path directory = Path.of(System.getProperty("holdfast.payara.home"));
    private final PayaraHome payara = new PayaraHome(directory);

    @BeforeEach
    void start() {
        payara.configure();
        payara.start();
        new PayaraResources(payara)
                .deployAdapter(AdapterServer.ARCHIVES.resolve(AdapterServer.ADAPTER), "statusRetentionSeconds=60");
        payara.addAdministrator(USER, PASSWORD);
    }

    @AfterEach
    void stop() {
        payara.stop();
    }

    @Test
    void a_property_that_is_set_in_the_console_is_set_and_shown_beside_the_others_and_the_pool()
            throws IOException, InterruptedException {
        PayaraResources resources = new PayaraResources(payara);
        Map<String, String> after = new HashMap<>(resources.adapterProperties());
        after.put("statusRetentionSeconds", "600");
        URI console = URI.create("http://127.0.0.1:" + payara.adminPort() + "/");
        try (Browser browser = new Browser(directory.resolve("browser"), USER, PASSWORD)) {
            browser.open(console);
            logIn(browser);

            browser.open(console.resolve("/jca/resourceAdapterConfigEdit.jsf?name=holdfast"));
            browser.type(STATUS_RETENTION, "600", false);
            browser.click("input[type=submit], input[type=button], button", "Save");
            await().atMost(SAVED).untilAsserted(() -> assertThat(resources.adapterProperties())
                    .isEqualTo(after));

            browser.open(console.resolve("/jca/resourceAdapterConfigEdit.jsf?name=holdfast"));
            browser.awaitTrue(STATUS_RETENTION + ".value === '600'");
            browser.photograph(PICTURES.resolve("console-payara.png"));
            assertThat(browser.evaluate(FIELDS).lines())
                    .containsSubsequence("statusRetentionSeconds", "600")
                    .contains("logDirectory", "coordinatorUrl");

            browser.open(console.resolve("/jca/connectorConnectionPoolEdit.jsf?name=holdfastPool"));
            browser.awaitTrue(FIELDS + ".includes('XATransaction')");
            browser.photograph(PICTURES.resolve("console-payara-pool.png"));
            assertThat(browser.evaluate(FIELDS).lines())
                    .contains("holdfast", "io.holdfast.api.HoldfastConnectionFactory", "XATransaction");
        }
    }

    /** The console is loaded when it is asked for the first time, and shows the form then. */
    private static void logIn(Browser browser) {
        browser.awaitTrue("document.querySelector('input[name=j_username]')");
        browser.evaluate("document.querySelector('input[name=j_username]').value = '" + USER + "'");
        browser.evaluate("document.querySelector('input[name=j_password]').value = '" + PASSWORD + "'");
        browser.evaluate("document.getElementById('loginButton').click()");
        browser.awaitTrue("document.body.innerText.includes('Common Tasks')");
    }
}
