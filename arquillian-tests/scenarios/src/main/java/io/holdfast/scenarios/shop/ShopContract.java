package io.holdfast.scenarios.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.Progress;
import io.holdfast.interceptors.queries.Intervals;
import io.holdfast.interceptors.queries.ProgressPoll;
import io.holdfast.scenarios.JsonHttp.Answer;
import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shop promises in each mode, whatever happens to its messages; a server's test extends it. */
public abstract class ShopContract {
    private static final Duration QUIET = Duration.ofSeconds(2);
    /** Of a failure message that was sent. */
    private static final String REPLIED = "HFINT100";

    private static final Duration LONGEST = Duration.ofSeconds(90);

    protected abstract ShopClient shop();

    /** The server's log. */
    protected abstract Path log();

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void an_order_is_created_debited_and_completed(String mode) {
        BigDecimal before = shop().balance(mode, "alice");
        assertThat(place(mode, "good", "alice", "12.50", "none").status()).isEqualTo(201);
        shop().awaitState(mode, "good", "COMPLETED");
        assertThat(shop().balance(mode, "alice")).isEqualTo(before.subtract(new BigDecimal("12.50")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void an_order_without_funds_is_cancelled_by_a_message_and_nothing_is_debited(String mode) {
        place(mode, "dear", "poor", "100", "none");
        shop().awaitState(mode, "dear", "CANCELLED");
        assertThat(shop().order(mode, "dear").orElseThrow().getString("reason"))
                .isEqualTo("Insufficient funds: account poor has 3.00, not 100.00");
        assertThat(shop().balance(mode, "poor")).isEqualTo("3.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void an_order_of_somebody_without_an_account_is_cancelled(String mode) {
        place(mode, "stranger", "nobody", "1", "none");
        shop().awaitState(mode, "stranger", "CANCELLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void an_order_centre_that_fails_after_it_has_sent_leaves_no_order_and_no_message(String mode) {
        BigDecimal before = shop().balance(mode, "bob");
        assertThat(place(mode, "failed", "bob", "1", "after-send").status()).isEqualTo(422);
        assertThat(shop().state(mode, "failed")).isEmpty();
        await().during(QUIET).atMost(LONGEST).until(() -> shop().balance(mode, "bob"), before::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void a_queue_that_is_not_there_rolls_the_order_back_and_is_told_by_name(String mode) {
        Answer answer = place(mode, "nowhere", "bob", "1", "unknown-queue");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("HFINT092 There is no queue or topic java:app/jms/nowhere");
        assertThat(shop().state(mode, "nowhere")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void a_message_over_the_bound_rolls_the_order_back_and_is_told_with_the_bound(String mode) {
        Answer answer = place(mode, "long", "bob", "1", "oversized");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("HFINT091 ", "characters; allowed are 262144");
        assertThat(shop().state(mode, "long")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void an_order_placed_again_and_a_message_sent_again_change_nothing(String mode) {
        BigDecimal before = shop().balance(mode, "bob");
        place(mode, "twice", "bob", "2", "none");
        assertThat(place(mode, "twice", "bob", "2", "none").status()).isEqualTo(200);
        assertThat(place(mode, "twice", "bob", "3", "none").status()).isEqualTo(409);
        shop().awaitState(mode, "twice", "COMPLETED");
        assertThat(shop().again(mode, "twice").isSuccess()).isTrue();
        assertThat(shop().again(mode, "twice").isSuccess()).isTrue();
        BigDecimal once = before.subtract(new BigDecimal("2"));
        await().during(QUIET).atMost(LONGEST).until(() -> shop().balance(mode, "bob"), once::equals);
        assertThat(shop().state(mode, "twice")).isEqualTo("COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void who_has_no_answer_asks_whether_the_debit_was_made_and_nothing_is_debited_by_that(String mode)
            throws Exception {
        BigDecimal before = shop().balance(mode, "bob");
        Answer unknown = shop().taken(mode, "debits", "debit-asked");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"progress\":\"UNKNOWN\",\"end\":false");
        assertThat(unknown.headers().firstValue("Retry-After")).isPresent();
        assertThat(shop().taken(mode, "debits", "debit-asked").status()).isEqualTo(404);
        assertThat(shop().balance(mode, "bob")).isEqualTo(before);

        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            CompletableFuture<Progress> debit = new ProgressPoll(
                            HttpClient.newHttpClient(), executor, Intervals.DEFAULT)
                    .untilEnd(shop().operation(mode, "debits", "debit-asked"), LONGEST);
            place(mode, "asked", "bob", "2", "none");
            assertThat(debit.get(LONGEST.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Progress.CONFIRMED);
        } finally {
            executor.shutdownNow();
        }
        shop().awaitState(mode, "asked", "COMPLETED");
        assertThat(shop().taken(mode, "debits", "debit-asked").json().asJsonObject())
                .isEqualTo(Json.createObjectBuilder()
                        .add("operation", "debits")
                        .add("key", "debit-asked")
                        .add("progress", "CONFIRMED")
                        .add("end", true)
                        .build());
        assertThat(shop().taken(mode, "outcomes", "debit-asked:done").status()).isEqualTo(200);
        assertThat(shop().balance(mode, "bob")).isEqualTo(before.subtract(new BigDecimal("2")));

        assertThat(shop().taken(mode, "refunds", "debit-asked").body()).contains("no operation 'refunds'");
        assertThat(shop().taken(mode, "debits", "x".repeat(513)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void a_debit_failed_message_that_is_asked_for_again_is_not_repeated(String mode) {
        place(mode, "dear-twice", "poor", "100", "none");
        shop().awaitState(mode, "dear-twice", "CANCELLED");
        assertThat(replies(mode, "dear-twice")).isEqualTo(1);
        assertThat(shop().again(mode, "dear-twice").isSuccess()).isTrue();
        // It has the same key, and so comes after the repeated one.
        place(mode, "dear-after", "poor", "100", "none");
        shop().awaitState(mode, "dear-after", "CANCELLED");
        await().during(QUIET).atMost(LONGEST).until(() -> replies(mode, "dear-twice"), Integer.valueOf(1)::equals);
        assertThat(shop().state(mode, "dear-twice")).isEqualTo("CANCELLED");
    }

    /** How often the order's message was answered by a failure message. */
    private int replies(String mode, String order) {
        String receiver = mode.equals("xa") ? "XaDebits" : "OutboxDebits";
        try (Stream<String> lines = Files.lines(log(), StandardCharsets.UTF_8)) {
            return (int) lines.filter(line -> line.contains(REPLIED)
                            && line.contains(receiver + "#")
                            && line.contains("the message debit-" + order + " "))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void a_debit_that_breaks_after_it_has_worked_is_taken_back_and_made_once_by_the_redelivery(String mode) {
        BigDecimal before = shop().balance(mode, "bob");
        place(mode, "breaks", "bob", "4", "first-debit");
        shop().awaitState(mode, "breaks", "COMPLETED");
        BigDecimal once = before.subtract(new BigDecimal("4"));
        await().during(QUIET).atMost(LONGEST).until(() -> shop().balance(mode, "bob"), once::equals);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void a_debit_that_always_breaks_ends_in_the_dead_letter_queue_and_has_changed_nothing(String mode) {
        BigDecimal before = shop().balance(mode, "bob");
        int dead = shop().deadLetters();
        place(mode, "poison", "bob", "4", "each-debit");
        await("the dead letter").atMost(LONGEST).until(() -> shop().deadLetters() == dead + 1);
        assertThat(shop().balance(mode, "bob")).isEqualTo(before);
        assertThat(shop().state(mode, "poison")).isEqualTo("PLACED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xa", "outbox"})
    void many_orders_at_once_leave_the_books_right(String mode) {
        BigDecimal before = shop().balance(mode, "alice");
        BigDecimal paid = shop().completed(mode, "alice");
        int orders = 40;
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Answer>> placed = new ArrayList<>();
            for (int number = 0; number < orders; number++) {
                String id = "many-" + number;
                String customer = number % 4 == 0 ? "poor" : "alice";
                placed.add(CompletableFuture.supplyAsync(() -> place(mode, id, customer, number(id), "none"), clients));
            }
            placed.forEach(one -> assertThat(one.join().status()).isEqualTo(201));
        } finally {
            clients.shutdownNow();
        }
        for (int number = 0; number < orders; number++) {
            shop().awaitState(mode, "many-" + number, number % 4 == 0 ? "CANCELLED" : "COMPLETED");
        }
        assertThat(before.subtract(shop().balance(mode, "alice")))
                .isEqualTo(shop().completed(mode, "alice").subtract(paid));
        assertThat(shop().balance(mode, "poor")).isEqualTo("3.00");
    }

    @Test
    void who_wants_to_know_is_told_of_each_state_until_it_acknowledges() {
        try (Receiver receiver = new Receiver()) {
            receiver.refuse(3);
            Answer placed = shop().placeAndTell("told", "alice", "none", receiver.address());
            assertThat(placed.status()).isEqualTo(201);
            shop().awaitState("xa", "told", "COMPLETED");
            await().atMost(LONGEST)
                    .until(() -> receiver.acknowledged(), Set.of("told-PLACED", "told-COMPLETED")::equals);
            assertThat(receiver.told()).hasSizeGreaterThanOrEqualTo(5).allMatch(Receiver.Told::isSigned);
            String id = placed.json().asJsonObject().getString("notification");
            await().atMost(LONGEST).until(() -> shop().progress(id).body(), body -> body.contains("\"CONFIRMED\""));
        }
    }

    @Test
    void a_receiver_that_does_not_answer_can_ask_how_far_its_notification_has_come() {
        try (Receiver receiver = new Receiver()) {
            receiver.refuse(Integer.MAX_VALUE);
            Answer placed = shop().placeAndTell("unheard", "alice", "none", receiver.address());
            String id = placed.json().asJsonObject().getString("notification");
            await().atMost(LONGEST).until(() -> receiver.told().size() >= 3);
            String transaction = id.split(":", 2)[0];
            assertThat(receiver.told())
                    .filteredOn(told -> told.id().equals("unheard-PLACED"))
                    .isNotEmpty()
                    .allMatch(told -> told.enlisted().equals(id));
            for (String asked : List.of(id, transaction)) {
                Answer progress = shop().progress(asked);
                assertThat(progress.status()).isEqualTo(200);
                assertThat(progress.headers().firstValue("Retry-After")).isPresent();
                assertThat(progress.json().asJsonObject().getString("progress")).isEqualTo("CONFIRMING");
            }
            receiver.refuse(0);
            for (String asked : List.of(id, transaction)) {
                await().atMost(LONGEST)
                        .until(() -> shop().progress(asked).body(), body -> body.contains("\"CONFIRMED\""));
            }
        }
        assertThat(shop().progress("nobody:knows").status()).isEqualTo(404);
        assertThat(shop().progress("a:b:c").status()).isEqualTo(400);
    }

    @Test
    void a_queue_is_told_of_each_state_once_it_has_committed() {
        String news = "jms:java:global/jms/shopNews";
        assertThat(shop().placeAndTell("news-untold", "bob", "after-send", news).status())
                .isEqualTo(422);
        Answer placed = shop().placeAndTell("news", "alice", "none", news);
        assertThat(placed.status()).isEqualTo(201);
        await().atMost(LONGEST).until(() -> Set.copyOf(shop().news("news")), Set.of("PLACED", "COMPLETED")::equals);
        String id = placed.json().asJsonObject().getString("notification");
        await().atMost(LONGEST).until(() -> shop().progress(id).body(), body -> body.contains("\"CONFIRMED\""));
        await().during(QUIET).atMost(LONGEST).until(() -> shop().news("news").size() == 2);
        assertThat(shop().news("news-untold")).isEmpty();
    }

    @Test
    void a_notification_that_is_signed_by_somebody_else_has_no_effect_at_its_receiver() {
        int dead = shop().deadLetters();
        Answer placed = shop().placeAndTell("forged", "alice", "forged", "jms:java:global/jms/shopNews");
        assertThat(placed.status()).isEqualTo(201);
        await("the dead letter").atMost(LONGEST).until(() -> shop().deadLetters() == dead + 1);
        await().atMost(LONGEST).until(() -> shop().news("forged"), List.of("COMPLETED")::equals);
        assertThat(log()).content(StandardCharsets.UTF_8).contains("HFAPI002");
    }

    @Test
    void a_queue_that_cannot_be_told_rolls_the_order_back_and_is_told_by_name() {
        Answer nowhere = shop().placeAndTell("news-nowhere", "bob", "none", "jms:java:global/jms/nowhere");
        assertThat(nowhere.status()).isEqualTo(503);
        assertThat(nowhere.body()).contains("HFRAR083", "java:global/jms/nowhere");
        Answer far = shop().placeAndTell("news-far", "bob", "none", "jms:ldap://example.com/orders");
        assertThat(far.body()).contains("HFRAR053", "ldap://example.com/orders");
        assertThat(shop().state("xa", "news-nowhere")).isEmpty();
        assertThat(shop().state("xa", "news-far")).isEmpty();
    }

    @Test
    void an_order_that_rolls_back_tells_nobody() {
        try (Receiver receiver = new Receiver()) {
            assertThat(shop().placeAndTell("untold", "bob", "after-send", receiver.address())
                            .status())
                    .isEqualTo(422);
            await().during(QUIET).atMost(LONGEST).until(() -> receiver.told().isEmpty());
        }
    }

    @Test
    void an_address_that_is_not_allowed_rolls_the_order_back_and_is_told_by_name() {
        Answer answer = shop().placeAndTell("far", "bob", "none", "http://example.com/orders");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("HFRAR053", "http://example.com/orders");
        assertThat(shop().state("xa", "far")).isEmpty();
        assertThat(shop().placeAndTell("nonsense", "bob", "none", "not an address")
                        .status())
                .isEqualTo(400);
    }

    /** More than poor has. */
    private static String number(String id) {
        return "4." + (10 + Math.floorMod(id.hashCode(), 90));
    }

    private Answer place(String mode, String id, String customer, String amount, String fault) {
        return shop().place(mode, id, customer, amount, fault);
    }
}
