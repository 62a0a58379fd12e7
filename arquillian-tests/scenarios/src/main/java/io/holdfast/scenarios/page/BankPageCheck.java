package io.holdfast.scenarios.page;

import static io.holdfast.scenarios.page.BankPage.money;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.scenarios.Book;
import io.holdfast.scenarios.Book.CreditState;
import io.holdfast.scenarios.Book.DebitState;
import io.holdfast.scenarios.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Compares what the bank's page shows in Chromium with the bank's book. */
public final class BankPageCheck {
    private BankPageCheck() {}

    /**
     * Leaves a picture of the page. Skipped where there is no Chromium.
     *
     * @param target for the browser's files and {@code bank-page.png}
     */
    public static void check(Stage stage, Path target) throws IOException, InterruptedException {
        assumeChromium();
        Book book = stage.book();
        URI address = stage.bank().page();
        Chromium chromium = new Chromium(target.resolve("chromium"));
        BankPage page = BankPage.of(chromium.domOf(address));
        assertThat(page.customers())
                .containsExactlyInAnyOrderElementsOf(book.accounts().stream()
                        .map(one -> List.of(one.id(), money(one.balance()), money(one.frozen())))
                        .toList());
        assertThat(page.merchants())
                .containsExactlyInAnyOrderElementsOf(book.merchants().stream()
                        .map(one -> List.of(one.id(), money(one.balance())))
                        .toList());
        assertThat(page.total()).isEqualTo(money(book.money()));
        assertThat(page.limits())
                .containsExactlyInAnyOrderElementsOf(book.limits().stream()
                        .map(one -> List.of(one.customer(), money(one.used()), money(one.reserved()), "1000000.00"))
                        .toList());
        assertThat(page.transfers()).containsAnyElementsOf(committed(book));
        Path screenshot = target.resolve("bank-page.png");
        chromium.photograph(address, screenshot);
        assertThat(screenshot).isNotEmptyFile();
        System.out.println("The bank's page in Chromium: " + screenshot);
    }

    static void assumeChromium() {
        String absent = "SKIPPED: the bank's page is not looked at, there is no " + Chromium.BINARY;
        if (!Chromium.isInstalled()) {
            System.out.println(absent);
        }
        assumeTrue(Chromium.isInstalled(), absent);
    }

    /** The rows of the page that the bank's rows must be, all of them finished. */
    private static List<List<String>> committed(Book book) {
        return book.transfers().stream()
                .map(one -> List.of(
                        one.id(),
                        one.customer(),
                        one.merchant(),
                        money(one.amount()),
                        "committed",
                        DebitState.DEDUCTED.name(),
                        CreditState.CREDITED.name()))
                .toList();
    }
}
