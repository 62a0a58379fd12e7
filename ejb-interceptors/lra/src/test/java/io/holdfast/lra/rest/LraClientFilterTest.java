package io.holdfast.lra.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Invocation;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of Jersey that nobody registered anything on. */
class LraClientFilterTest {
    @Path("echo")
    public static class Echo {
        @GET
        public String echo(
                @HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra,
                @HeaderParam(LRA.LRA_HTTP_PARENT_CONTEXT_HEADER) @Nullable String parent) {
            return lra + " " + parent;
        }
    }

    private FakeCoordinator coordinator;
    private FakeApplication application;
    private final Client client = ClientBuilder.newClient();

    @BeforeEach
    void start() throws IOException {
        coordinator = new FakeCoordinator();
        application = new FakeApplication(coordinator.address(), new Echo());
        // The server's filter hides the LRA from a method without annotations.
        application.switchOff();
    }

    @AfterEach
    void stop() {
        client.close();
        application.close();
        coordinator.close();
    }

    private String call(Optional<ActiveLra> active, @Nullable String byHand) throws Exception {
        Invocation.Builder request =
                client.target(application.base()).path("echo").request();
        return ThreadContext.callIn(active, () -> request.header(LRA.LRA_HTTP_CONTEXT_HEADER, byHand)
                .get(String.class));
    }

    @Test
    void the_lra_of_the_thread_and_its_parent_go_with_a_call() throws Exception {
        assertThat(call(Optional.of(new ActiveLra("http://c/1", Optional.of("http://c/0"))), null))
                .isEqualTo("http://c/1 http://c/0");
    }

    @Test
    void without_an_lra_nothing_goes() throws Exception {
        assertThat(call(Optional.empty(), null)).isEqualTo("null null");
    }

    @Test
    void the_lra_of_the_calling_thread_goes_with_asynchronous_calls() throws Exception {
        ActiveLra active = new ActiveLra("http://c/1", Optional.of("http://c/0"));
        Invocation.Builder request =
                client.target(application.base()).path("echo").request();

        assertThat(ThreadContext.callIn(
                                Optional.of(active), () -> request.async().get(String.class))
                        .get(20, TimeUnit.SECONDS))
                .isEqualTo("http://c/1 http://c/0");
        assertThat(ThreadContext.callIn(Optional.of(active), () -> request.rx().get(String.class))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS))
                .isEqualTo("http://c/1 http://c/0");
        assertThat(request.async().get(String.class).get(20, TimeUnit.SECONDS)).isEqualTo("null null");
    }

    @Test
    void each_wire_can_be_switched_off() throws Exception {
        Optional<ActiveLra> active = Optional.of(new ActiveLra("http://c/1", Optional.empty()));
        Invocation.Builder request =
                client.target(application.base()).path("echo").request();
        try {
            System.setProperty("holdfast.propagation.tasks", "false");
            assertThat(ThreadContext.callIn(active, () -> request.async().get(String.class))
                            .get(20, TimeUnit.SECONDS))
                    .isEqualTo("null null");
            assertThat(call(active, null)).isEqualTo("http://c/1 null");
            System.setProperty("holdfast.propagation.http", "FALSE");
            assertThat(call(active, null)).isEqualTo("null null");
        } finally {
            System.clearProperty("holdfast.propagation.tasks");
            System.clearProperty("holdfast.propagation.http");
        }
    }

    @Test
    void a_header_set_by_hand_stays_and_the_threads_lra_is_the_same_afterwards() throws Exception {
        ActiveLra active = new ActiveLra("http://c/1", Optional.of("http://c/0"));

        ThreadContext.callIn(Optional.of(active), () -> {
            assertThat(call(Optional.of(active), "http://c/9")).isEqualTo("http://c/9 null");
            assertThat(ThreadContext.active()).contains(active);
            return true;
        });
        assertThat(ThreadContext.active()).isEmpty();
    }
}
