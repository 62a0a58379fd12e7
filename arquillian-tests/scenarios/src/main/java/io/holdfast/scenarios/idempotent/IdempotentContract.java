package io.holdfast.scenarios.idempotent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What {@code @Idempotent} promises, as seen by a client of {@link IdempotentApplication}; a server's test extends it. */
public abstract class IdempotentContract {
    private static final JsonHttp HTTP = new JsonHttp();

    /** Where the application is, with a slash at its end. */
    protected abstract URI application();

    @Test
    void an_ejb_method_runs_once_and_repeated_calls_get_the_first_result() {
        String first = post("pay?number=1&failure=NONE");
        assertThat(first).startsWith("Receipt[id=").contains("amount=12.50", "Line[item=apple, position=5]");
        assertThat(post("pay?number=1&failure=NONE")).isEqualTo(first);
        assertThat(post("pay?number=1&failure=BROKEN")).isEqualTo(first);
        assertThat(post("pay?number=2&failure=NONE")).isNotEqualTo(first);
        assertThat(effects("pay 1")).isEqualTo(1);
    }

    @Test
    void a_first_call_that_fails_is_taken_back_and_the_retry_runs() {
        assertThat(post("pay?number=3&failure=BROKEN")).contains("broken on request");
        assertThat(effects("pay 3")).isZero();
        assertThat(post("pay?number=3&failure=NONE")).startsWith("Receipt[");
        assertThat(effects("pay 3")).isEqualTo(1);
    }

    @Test
    void a_checked_exception_takes_it_back_too() {
        assertThat(post("pay?number=4&failure=DECLINED")).isEqualTo("DeclinedException: declined on request");
        assertThat(effects("pay 4")).isZero();
        assertThat(post("pay?number=4&failure=NONE")).startsWith("Receipt[");
        assertThat(effects("pay 4")).isEqualTo(1);
    }

    @Test
    void a_call_beside_a_running_first_one_waits_for_its_result() {
        post("close?gate=" + encoded("pay 5"));
        inParallel(executor -> {
            CompletableFuture<String> first =
                    CompletableFuture.supplyAsync(() -> post("pay?number=5&failure=NONE"), executor);
            post("reached?gate=" + encoded("pay 5"));
            CompletableFuture<String> second =
                    CompletableFuture.supplyAsync(() -> post("pay?number=5&failure=NONE"), executor);
            await().during(Duration.ofSeconds(1)).until(() -> !second.isDone());
            post("open?gate=" + encoded("pay 5"));
            assertThat(first.join()).startsWith("Receipt[");
            assertThat(second.join()).isEqualTo(first.join());
        });
        assertThat(effects("pay 5")).isEqualTo(1);
    }

    @Test
    void a_call_beside_a_running_first_one_is_refused_where_that_was_chosen() {
        post("close?gate=" + encoded("refund 6"));
        inParallel(executor -> {
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> post("refund?number=6"), executor);
            post("reached?gate=" + encoded("refund 6"));
            assertThat(post("refund?number=6")).startsWith("CallRunningException: HFINT044 refund with the key '6'");
            post("open?gate=" + encoded("refund 6"));
            String receipt = first.join();
            assertThat(post("refund?number=6")).startsWith("Receipt[").isEqualTo(receipt);
        });
        assertThat(effects("refund 6")).isEqualTo(1);
    }

    @Test
    void a_cdi_bean_s_state_guard_lets_one_call_through_and_refuses_what_never_could_run() {
        post("parcel?id=7");
        assertThat(post("send?id=7")).isEqualTo("sent");
        assertThat(post("send?id=7")).isEqualTo("sent");
        post("deliver?id=7");
        assertThat(post("send?id=7")).isEqualTo("sent");
        assertThat(effects("send 7")).isEqualTo(1);
        assertThat(post("send?id=8"))
                .startsWith("StateConflictException: HFINT048 ")
                .contains("'no row'");
    }

    @Test
    void beans_that_inherit_a_method_keep_their_keys_apart_whatever_the_container_makes_of_them() {
        for (Class<?> till : List.of(CardTill.class, CashTill.class, VoucherTill.class)) {
            String kind = till.getSimpleName().replace("Till", "");
            String first = post("till?number=9&kind=" + kind);
            assertThat(first).startsWith(kind + " 9 ");
            assertThat(post("till?number=9&kind=" + kind)).isEqualTo(first);
            assertThat(effects(kind + " 9")).isEqualTo(1);
            assertThat(post("isRecorded?key=9&operation=" + encoded(till.getName() + "#pay")))
                    .isEqualTo("true");
        }
    }

    @Test
    void a_header_of_the_request_can_be_the_key() {
        String first = post("label?address=home", Map.of("Idempotency-Key", "k-1"));
        assertThat(first).startsWith("home ");
        assertThat(post("label?address=home", Map.of("Idempotency-Key", "k-1"))).isEqualTo(first);
        assertThat(post("label?address=home", Map.of("Idempotency-Key", "k-2"))).isNotEqualTo(first);
        assertThat(effects("label home")).isEqualTo(2);
        assertThat(post("label?address=home"))
                .startsWith("IdempotentException: HFINT040 " + Parcels.class.getName() + "#label");
        assertThat(effects("label home")).isEqualTo(2);
    }

    @Test
    void a_call_without_a_transaction_is_refused() {
        assertThat(post("withoutTransaction"))
                .startsWith("IdempotentException: HFINT041 " + Parcels.class.getName() + "#withoutTransaction");
    }

    @Test
    void a_message_driven_bean_consumes_a_message_that_was_sent_twice_once() {
        post("message?order=A");
        post("message?order=A");
        post("message?order=B");
        await().atMost(Duration.ofSeconds(60)).until(() -> effects("order A") > 0 && effects("order B") > 0);
        await().during(Duration.ofSeconds(2)).until(() -> effects("order A") == 1);
    }

    @Test
    void a_message_whose_first_delivery_failed_is_consumed_by_the_next() {
        post("message?order=C&failsFirst=true");
        await().atMost(Duration.ofSeconds(60)).until(() -> effects("order C") > 0);
        await().during(Duration.ofSeconds(2)).until(() -> effects("order C") == 1);
    }

    private void inParallel(Consumer<ExecutorService> calls) {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            calls.accept(executor);
        } finally {
            executor.shutdownNow();
        }
    }

    private int effects(String what) {
        Answer answer = HTTP.send("GET", at("effects?what=" + encoded(what)), Map.of(), "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return Integer.parseInt(answer.body());
    }

    private String post(String call) {
        return post(call, Map.of());
    }

    private String post(String call, Map<String, String> headers) {
        Answer answer = HTTP.send("POST", at(call), headers, "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private URI at(String call) {
        return application().resolve("api/idempotent/" + call);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
