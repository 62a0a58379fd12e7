package io.holdfast.lra.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lra.runtime.ThreadContext;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.Forget;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.eclipse.microprofile.lra.annotation.ParticipantStatus;
import org.eclipse.microprofile.lra.annotation.Status;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callbacks that are no JAX-RS methods, called as a coordinator calls them. */
class PlainCallbacksTest {
    @Path("hotel")
    public static class Hotel {
        final List<String> calls = new CopyOnWriteArrayList<>();
        volatile Supplier<ParticipantStatus> compensation = () -> ParticipantStatus.Compensated;
        volatile @Nullable ParticipantStatus status = ParticipantStatus.Compensating;

        @GET
        @LRA(value = LRA.Type.REQUIRED, end = false)
        public String book(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra) {
            return lra;
        }

        @Compensate
        public ParticipantStatus undo(URI lra, @Nullable URI parent) {
            calls.add("undo " + lra + " " + parent + " "
                    + ThreadContext.active().orElseThrow().id());
            return compensation.get();
        }

        @Complete
        public CompletionStage<Void> done(URI lra) {
            calls.add("done " + lra);
            return CompletableFuture.completedFuture(null);
        }

        @Status
        public CompletionStage<ParticipantStatus> status() {
            return CompletableFuture.completedFuture(status);
        }

        @Forget
        public Response forget() {
            return Response.status(202)
                    .entity("later")
                    .header("Location", "http://x/y")
                    .build();
        }

        @AfterLRA
        public void after(URI lra, LRAStatus status) {
            calls.add("after " + lra + " " + status);
        }
    }

    private static final Pattern LINK = Pattern.compile("<([^>]+)>; rel=\"(\\w+)\"");

    private FakeCoordinator coordinator;
    private FakeApplication application;
    private final Hotel hotel = new Hotel();
    private final Client client = ClientBuilder.newClient();
    private String lra;
    private Map<String, String> addresses;

    @BeforeEach
    void join() throws IOException {
        coordinator = new FakeCoordinator();
        application = new FakeApplication(coordinator.address(), hotel);
        lra = application.at("hotel").request().get(String.class);
        addresses = LINK.matcher(coordinator.links().get(0))
                .results()
                .collect(Collectors.toMap(link -> link.group(2), link -> link.group(1)));
    }

    @AfterEach
    void stop() {
        client.close();
        application.close();
        coordinator.close();
    }

    private Response call(String method, String relation, String id) {
        return client.target(addresses.get(relation))
                .request()
                .header(LRA.LRA_HTTP_CONTEXT_HEADER, id)
                .header(LRA.LRA_HTTP_PARENT_CONTEXT_HEADER, "http://parent/1")
                .method(method, method.equals("PUT") ? Entity.text("") : null);
    }

    private void answered(Response response, int status, String body) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.readEntity(String.class)).isEqualTo(body);
    }

    @Test
    void each_has_an_address_that_nobody_can_guess() {
        assertThat(addresses).containsOnlyKeys("compensate", "complete", "status", "forget", "after");
        assertThat(addresses.values())
                .allMatch(url -> url.matches(
                        Pattern.quote(application.base() + "/holdfast-lra/") + "[\\w-]{16}/[a-z]+/[\\w-]{43}"));
    }

    @Test
    void compensate_is_called_in_the_context_of_its_lra() {
        answered(call("PUT", "compensate", lra), 200, "Compensated");

        assertThat(hotel.calls).containsExactly("undo " + lra + " http://parent/1 " + lra);
    }

    @Test
    void what_it_returns_is_told() {
        hotel.compensation = () -> ParticipantStatus.Compensating;
        answered(call("PUT", "compensate", lra), 202, "Compensating");
        hotel.compensation = () -> ParticipantStatus.FailedToCompensate;
        answered(call("PUT", "compensate", lra), 409, "FailedToCompensate");
        answered(call("PUT", "complete", lra), 200, "Completed");
        answered(call("GET", "status", lra), 200, "Compensating");
        hotel.status = null;
        answered(call("GET", "status", lra), 410, "");
    }

    @Test
    void a_response_is_handed_on() {
        Response response = call("DELETE", "forget", lra);

        assertThat(response.getHeaderString("Location")).isEqualTo("http://x/y");
        answered(response, 202, "later");
    }

    @Test
    void any_exception_is_a_failure_to_compensate() {
        hotel.compensation = () -> {
            throw new IllegalStateException("broken");
        };

        answered(call("PUT", "compensate", lra), 409, "FailedToCompensate");
    }

    @Test
    void an_exception_of_jakarta_rest_is_its_answer_also_out_of_an_ejb() {
        hotel.compensation = () -> {
            throw new EJBException(new WebApplicationException(
                    Response.status(410).entity("gone").build()));
        };

        answered(call("PUT", "compensate", lra), 410, "gone");
    }

    @Test
    void after_is_told_the_final_status() {
        Response response = client.target(addresses.get("after"))
                .request()
                .header(LRA.LRA_HTTP_ENDED_CONTEXT_HEADER, lra)
                .put(Entity.text("Cancelled"));

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(hotel.calls).containsExactly("after " + lra + " Cancelled");
    }

    @Test
    void after_with_a_word_that_is_no_status_is_400() {
        Response response = client.target(addresses.get("after"))
                .request()
                .header(LRA.LRA_HTTP_ENDED_CONTEXT_HEADER, lra)
                .put(Entity.text("Perhaps"));

        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(hotel.calls).isEmpty();
    }

    @Test
    void an_address_holds_for_its_lra_and_its_callback_only() {
        String other = coordinator.activeLra();
        addresses.computeIfPresent("status", (relation, url) -> url.replace("/status/", "/compensate/"));

        assertThat(call("PUT", "compensate", other).getStatus()).isEqualTo(404);
        assertThat(call("PUT", "status", lra).getStatus()).isEqualTo(404);
        assertThat(call("PUT", "compensate", "nonsense").getStatus()).isEqualTo(404);
        assertThat(hotel.calls).isEmpty();
    }

    @Test
    void another_http_method_is_405() {
        assertThat(call("GET", "compensate", lra).getStatus()).isEqualTo(405);
        assertThat(hotel.calls).isEmpty();
    }

    @Test
    void the_address_is_the_same_when_the_coordinator_writes_its_own_host_otherwise() {
        assertThat(call("PUT", "compensate", lra.replace("localhost", "127.0.0.1"))
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void a_stranger_with_the_form_of_an_address_is_404() {
        Matcher token = Pattern.compile("[^/]+$").matcher(addresses.get("compensate"));
        addresses.computeIfPresent("compensate", (relation, url) -> token.replaceAll("x".repeat(43)));

        assertThat(call("PUT", "compensate", lra).getStatus()).isEqualTo(404);
        assertThat(hotel.calls).isEmpty();
    }
}
