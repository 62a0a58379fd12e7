package io.holdfast.scenarios.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.StoreClient.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Compares what the store's page shows in Chromium with what the store tells. */
public final class StorePageCheck {
    private StorePageCheck() {}

    /**
     * Leaves a picture of the page. Skipped where there is no Chromium.
     *
     * @param target for the browser's files and {@code store-page.png}
     */
    public static void check(Stage stage, Path target) throws IOException, InterruptedException {
        BankPageCheck.assumeChromium();
        URI address = stage.store().page();
        Chromium chromium = new Chromium(target.resolve("chromium"));
        String html = chromium.domOf(address);
        assertThat(BankPage.rows(html, "orders"))
                .isNotEmpty()
                .isEqualTo(stage.store().orders().entrySet().stream()
                        .map(order -> List.of(order.getKey(), shown(order.getValue())))
                        .toList());
        assertThat(BankPage.rows(html, "stock"))
                .contains(List.of("lamp", String.valueOf(stage.store().stock("lamp"))));
        Path screenshot = target.resolve("store-page.png");
        chromium.photograph(address, screenshot);
        assertThat(screenshot).isNotEmptyFile();
        System.out.println("The store's page in Chromium: " + screenshot);
    }

    private static String shown(List<Step> steps) {
        return steps.stream()
                .map(step -> (step.undone() ? "\u21a9 " : "") + step.text())
                .collect(Collectors.joining(" "));
    }
}
