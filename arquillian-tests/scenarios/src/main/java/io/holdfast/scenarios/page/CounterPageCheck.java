package io.holdfast.scenarios.page;

import static io.holdfast.scenarios.page.BankPage.money;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.CounterBook;
import io.holdfast.scenarios.CounterBook.Account;
import io.holdfast.scenarios.CounterClient.Alarm;
import io.holdfast.scenarios.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Compares what the counter's page shows in Chromium with what the counter tells. */
public final class CounterPageCheck {
    private CounterPageCheck() {}

    /**
     * Leaves a picture of the page. Skipped where there is no Chromium. Nothing must be under way at the counter.
     *
     * @param target for the browser's files and {@code counter-page.png}
     */
    public static void check(Stage stage, Path target) throws IOException, InterruptedException {
        BankPageCheck.assumeChromium();
        CounterBook book = stage.counter().book();
        List<Alarm> alarms = stage.counter().alarms();
        URI address = stage.counter().page();
        Chromium chromium = new Chromium(target.resolve("chromium"));
        String html = chromium.domOf(address);
        assertThat(BankPage.rows(html, "customers"))
                .isEqualTo(book.accounts().stream()
                        .filter(Account::isCustomer)
                        .map(account -> List.of(account.id(), money(account.balance()), money(account.frozen())))
                        .toList());
        assertThat(BankPage.rows(html, "merchants"))
                .isEqualTo(book.accounts().stream()
                        .filter(account -> !account.isCustomer())
                        .map(account -> List.of(account.id(), money(account.balance())))
                        .toList());
        assertThat(BankPage.rows(html, "payments"))
                .isNotEmpty()
                .extracting(row -> row.subList(0, 4))
                .isEqualTo(book.payments().stream()
                        .map(payment ->
                                List.of(payment.id(), payment.customer(), payment.merchant(), money(payment.amount())))
                        .toList());
        assertThat(html).contains("account closed", "unfreezing failed \u00d7 3");
        assertThat(BankPage.rows(html, "alarms"))
                .hasSameSizeAs(alarms)
                .allMatch(row -> row.get(0).equals("CustomerAccount.freeze")
                        && row.get(1).equals("CANCEL"));
        Path screenshot = target.resolve("counter-page.png");
        chromium.photograph(address, screenshot);
        assertThat(screenshot).isNotEmptyFile();
        System.out.println("The counter's page in Chromium: " + screenshot);
    }
}
