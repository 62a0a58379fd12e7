package io.holdfast.lra.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lra.client.CoordinatorAddress;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers and coordinators may send instead of what they should. */
@Timeout(60)
class BadInputTest {
    @Path("shop")
    public static class Shop {
        final AtomicInteger runs = new AtomicInteger();

        @GET
        @LRA(LRA.Type.REQUIRED)
        public String work() {
            runs.incrementAndGet();
            return "worked";
        }

        @GET
        @Path("open")
        @LRA(value = LRA.Type.REQUIRED, end = false)
        public String open() {
            runs.incrementAndGet();
            return "worked";
        }

        @PUT
        @Path("undo")
        @Compensate
        public void undo() {}
    }

    private FakeCoordinator coordinator;
    private FakeApplication application;
    private final Shop shop = new Shop();

    @BeforeEach
    void start() throws IOException {
        coordinator = new FakeCoordinator();
        application = new FakeApplication(FakeApplication.settings(coordinator.address(), Duration.ofSeconds(2)), shop);
    }

    @AfterEach
    void stop() {
        application.close();
        coordinator.close();
    }

    private Response get(String path, @Nullable String lra) {
        return application
                .at(path)
                .request()
                .header(LRA.LRA_HTTP_CONTEXT_HEADER, lra)
                .get();
    }

    private void refused(Response response, int status, String number) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.readEntity(String.class)).isEqualTo(number);
        assertThat(shop.runs).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "%%%", "urn:lra:1", "http://", "ftp://localhost/lra/1", "/lra-coordinator/1"})
    void a_header_that_is_no_id_is_410(String id) {
        refused(get("shop", id), 410, "HFPAR016");
        assertThat(coordinator.calls()).isEmpty();
    }

    @Test
    void a_header_of_100_kilobytes_is_410() {
        refused(get("shop", coordinator.url() + "/" + "x".repeat(100_000)), 410, "HFPAR016");
        assertThat(coordinator.calls()).isEmpty();
    }

    @Test
    void an_lra_on_a_host_that_is_not_trusted_is_412_and_the_host_is_not_called() throws IOException {
        try (FakeCoordinator stranger = new FakeCoordinator()) {
            refused(get("shop", stranger.activeLra()), 412, "HFPAR014");
            assertThat(stranger.calls()).isEmpty();
        }
    }

    @Test
    void an_unknown_lra_is_410() {
        refused(get("shop", coordinator.url() + "/unknown"), 410, "HFPAR013");
    }

    @ParameterizedTest
    @CsvSource({"500, broken", "200, no Location", "201, no Location"})
    void a_coordinator_that_answers_nonsense_to_a_start_is_502(int status, String body) {
        coordinator.answers("start", status, body);

        Response response = get("shop", null);

        assertThat(response.getStatus()).isEqualTo(502);
        assertThat(shop.runs).hasValue(0);
    }

    @Test
    void a_coordinator_that_does_not_answer_a_start_is_503_within_its_time() {
        coordinator.isSilentTo("start");

        refused(get("shop", null), 503, "HFPAR011");
    }

    @Test
    void a_coordinator_that_is_not_there_is_503() {
        coordinator.close();

        refused(get("shop", null), 503, "HFPAR010");
    }

    @Test
    void a_coordinator_that_fails_a_join_is_502_and_the_lra_that_was_started_is_cancelled() {
        coordinator.answers("join", 500, "broken");

        refused(get("shop", null), 502, "HFPAR012");
        assertThat(coordinator.calls()).last().isEqualTo("cancel lra-1");
    }

    @Test
    void a_coordinator_that_answers_nonsense_to_a_join_is_502() {
        coordinator.answers("join", 200, "no recovery URL");

        refused(get("shop", coordinator.activeLra()), 502, "HFPAR015");
    }

    @Test
    void a_coordinator_that_does_not_answer_a_join_is_503_within_its_time() {
        coordinator.isSilentTo("join");

        refused(get("shop", coordinator.activeLra()), 503, "HFPAR011");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401})
    void somebody_between_who_answers_a_join_is_502(int status) {
        coordinator.answers("join", status, "not yours");

        refused(get("shop", coordinator.activeLra()), 502, "HFPAR012");
    }

    @Test
    void an_address_where_there_is_no_coordinator_any_more_is_502() {
        String elsewhere = coordinator.url().replace("/lra-coordinator/", "/undeployed/");
        try (FakeApplication lost = new FakeApplication(CoordinatorAddress.parse(elsewhere), shop)) {
            Response response = lost.at("shop")
                    .request()
                    .header(LRA.LRA_HTTP_CONTEXT_HEADER, elsewhere + "/1")
                    .get();

            refused(response, 502, "HFPAR012");
        }
    }

    @Test
    void a_callback_host_that_the_coordinator_does_not_allow_is_412() {
        coordinator.answers("join", 403, "not allowed");

        refused(get("shop", coordinator.activeLra()), 412, "HFPAR012");
    }

    @ParameterizedTest
    @CsvSource({"500, broken, 502", "200, Nonsense, 502"})
    void a_close_whose_outcome_nobody_knows_is_told_to_the_caller(int status, String body, int told) {
        coordinator.answers("close", status, body);

        Response response = get("shop", null);

        assertThat(response.getStatus()).isEqualTo(told);
        assertThat(response.readEntity(String.class)).isEqualTo("HFPAR020");
        assertThat(shop.runs).hasValue(1);
    }

    @Test
    void a_close_without_an_answer_is_told_to_the_caller_within_its_time() {
        coordinator.isSilentTo("close");

        assertThat(get("shop", null).getStatus()).isEqualTo(503);
    }

    @Test
    void a_close_of_an_lra_that_was_cancelled_meanwhile_leaves_the_answer() {
        coordinator.answers("close", 412, "Cancelled");

        assertThat(get("shop", null).readEntity(String.class)).isEqualTo("worked");
    }

    @Test
    void a_close_of_an_lra_that_is_gone_leaves_the_answer() {
        coordinator.answers("close", 404, "");

        assertThat(get("shop", null).readEntity(String.class)).isEqualTo("worked");
    }

    @Test
    void the_application_goes_on_after_a_silent_coordinator() {
        coordinator.isSilentTo("join");
        for (int i = 0; i < 3; i++) {
            get("shop", coordinator.activeLra()).close();
        }

        coordinator.answers("join", 404, "");
        assertThat(get("open", coordinator.url() + "/x").getStatus()).isEqualTo(404);
        assertThat(get("shop/open", coordinator.url() + "/x").getStatus()).isEqualTo(410);
    }
}
