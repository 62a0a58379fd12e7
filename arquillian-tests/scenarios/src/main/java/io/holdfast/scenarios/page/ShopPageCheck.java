package io.holdfast.scenarios.page;

import static io.holdfast.scenarios.page.BankPage.money;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.shop.ShopClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** Compares what the shop's page shows in Chromium with what the shop tells. */
public final class ShopPageCheck {
    /** How many orders the page shows. */
    private static final int ORDERS = 100;

    private ShopPageCheck() {}

    /**
     * Leaves a picture of the page. Skipped where there is no Chromium. Nothing must be under way in the shop.
     *
     * @param target for the browser's files and {@code shop-page.png}
     */
    public static void check(ShopClient shop, Path target) throws IOException, InterruptedException {
        BankPageCheck.assumeChromium();
        Chromium chromium = new Chromium(target.resolve("chromium"));
        String html = chromium.domOf(shop.page());
        JsonObject told = shop.overview();
        assertThat(BankPage.rows(html, "orders"))
                .isNotEmpty()
                .isEqualTo(told.getJsonArray("orders").getValuesAs(JsonObject.class).stream()
                        .limit(ORDERS)
                        .map(order -> List.of(
                                order.getString("id"),
                                order.getString("customer"),
                                order.getString("mode"),
                                money(new BigDecimal(order.getString("amount"))),
                                order.getString("state"),
                                order.getString("reason")))
                        .toList());
        assertThat(BankPage.rows(html, "accounts"))
                .isEqualTo(told.getJsonArray("accounts").getValuesAs(JsonObject.class).stream()
                        .map(account -> List.of(
                                account.getString("id"),
                                account.getString("mode"),
                                money(new BigDecimal(account.getString("balance")))))
                        .toList());
        assertThat(html).contains("<strong id=\"dead\">" + told.getInt("deadLetters") + "</strong>");
        Path screenshot = target.resolve("shop-page.png");
        chromium.photograph(shop.page(), screenshot);
        assertThat(screenshot).isNotEmptyFile();
        System.out.println("The shop's page in Chromium: " + screenshot);
    }
}
