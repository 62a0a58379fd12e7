package io.holdfast.lra.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lra.runtime.ThreadContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.eclipse.microprofile.lra.annotation.ws.rs.Leave;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to annotated resources, on a real server of Jakarta REST and a coordinator that notes what it is asked. */
class LraServerFilterTest {
    /** Answers with what it saw: the header, the parent's, whether there was a recovery URL, and the thread's LRA. */
    @Path("shop/{room}")
    public static class Shop {
        final AtomicInteger runs = new AtomicInteger();
        final ExecutorService others = Executors.newSingleThreadExecutor();

        private Response saw(@Nullable String lra, @Nullable String parent, @Nullable String recovery) {
            runs.incrementAndGet();
            String thread = ThreadContext.active().map(active -> active.id()).orElse("none");
            return Response.ok(lra + "\n" + parent + "\n" + (recovery != null) + "\n" + thread)
                    .build();
        }

        @GET
        @Path("REQUIRED")
        @LRA(LRA.Type.REQUIRED)
        public Response required(
                @HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra,
                @HeaderParam(LRA.LRA_HTTP_PARENT_CONTEXT_HEADER) @Nullable String parent,
                @HeaderParam(LRA.LRA_HTTP_RECOVERY_HEADER) @Nullable String recovery) {
            return saw(lra, parent, recovery);
        }

        @GET
        @Path("OPEN")
        @LRA(value = LRA.Type.REQUIRED, end = false, timeLimit = 90)
        public Response open(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra) {
            return saw(lra, null, null);
        }

        @GET
        @Path("REQUIRES_NEW")
        @LRA(LRA.Type.REQUIRES_NEW)
        public Response requiresNew(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra) {
            return saw(lra, null, null);
        }

        @GET
        @Path("MANDATORY")
        @LRA(LRA.Type.MANDATORY)
        public Response mandatory(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra) {
            return saw(lra, null, null);
        }

        @GET
        @Path("SUPPORTS")
        @LRA(value = LRA.Type.SUPPORTS, end = false)
        public Response supports(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra) {
            return saw(lra, null, null);
        }

        @GET
        @Path("NOT_SUPPORTED")
        @LRA(LRA.Type.NOT_SUPPORTED)
        public Response notSupported(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra) {
            return saw(lra, null, null);
        }

        @GET
        @Path("NEVER")
        @LRA(LRA.Type.NEVER)
        public Response never(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra) {
            return saw(lra, null, null);
        }

        @GET
        @Path("NESTED")
        @LRA(LRA.Type.NESTED)
        public Response nested(
                @HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra,
                @HeaderParam(LRA.LRA_HTTP_PARENT_CONTEXT_HEADER) @Nullable String parent) {
            return saw(lra, parent, null);
        }

        @GET
        @Path("plain")
        public Response plain(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra) {
            return saw(lra, null, null);
        }

        @GET
        @Path("answer")
        @LRA(
                value = LRA.Type.REQUIRED,
                end = false,
                cancelOn = Response.Status.NOT_FOUND,
                cancelOnFamily = Response.Status.Family.SERVER_ERROR)
        public Response answer(@QueryParam("status") int status) {
            runs.incrementAndGet();
            return Response.status(status).build();
        }

        @GET
        @Path("throws")
        @LRA(LRA.Type.REQUIRED)
        public Response fails() {
            throw new IllegalStateException("business");
        }

        @GET
        @Path("suspended")
        @LRA(LRA.Type.REQUIRED)
        public void suspended(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra, @Suspended AsyncResponse answer) {
            others.execute(() -> answer.resume(lra));
        }

        @GET
        @Path("stage")
        @LRA(LRA.Type.REQUIRED)
        public CompletionStage<String> stage(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra) {
            return CompletableFuture.supplyAsync(() -> lra, others);
        }

        @GET
        @Path("failedStage")
        @LRA(LRA.Type.REQUIRED)
        public CompletionStage<Response> failedStage(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra) {
            return CompletableFuture.failedFuture(
                    new WebApplicationException(Response.status(404).entity(lra).build()));
        }

        @PUT
        @Path("leave")
        @Leave
        public Response leave(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra) {
            return saw(lra, null, null);
        }

        @PUT
        @Path("leaveAndStay")
        @Leave
        @LRA(value = LRA.Type.SUPPORTS, end = false)
        public Response leaveAndStay(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) @Nullable String lra) {
            return saw(lra, null, null);
        }

        @PUT
        @Path("data")
        @LRA(value = LRA.Type.REQUIRED, end = false)
        public String data(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra, String given) {
            String before = FakeApplication.data().get();
            FakeApplication.data().set(given);
            return before;
        }

        @PUT
        @Path("undo")
        @Compensate
        public Response undo(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) URI lra) {
            return Response.ok(FakeApplication.data().get() + " in "
                            + ThreadContext.active().orElseThrow().id())
                    .build();
        }

        @PUT
        @Path("done")
        @Complete
        @LRA(value = LRA.Type.REQUIRED)
        public Response done(@HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra) {
            return saw(lra, null, null);
        }

        @PUT
        @Path("after")
        @AfterLRA
        @LRA(value = LRA.Type.REQUIRES_NEW, end = false)
        public Response after(
                @HeaderParam(LRA.LRA_HTTP_CONTEXT_HEADER) String lra,
                @HeaderParam(LRA.LRA_HTTP_ENDED_CONTEXT_HEADER) String ended,
                String status) {
            return Response.ok(lra + " after " + ended + " " + status).build();
        }
    }

    private FakeCoordinator coordinator;
    private FakeApplication application;
    private final Shop shop = new Shop();

    @BeforeEach
    void start() throws IOException {
        coordinator = new FakeCoordinator();
        application = new FakeApplication(coordinator.address(), shop);
    }

    @AfterEach
    void stop() {
        shop.others.shutdownNow();
        application.close();
        coordinator.close();
    }

    private Invocation.Builder to(String method) {
        return application.at("shop/7/" + method).request();
    }

    private Response get(String method, @Nullable String lra) {
        return to(method).header(LRA.LRA_HTTP_CONTEXT_HEADER, lra).get();
    }

    private static List<String> seen(Response response) {
        return List.of(response.readEntity(String.class).split("\n", -1));
    }

    @Test
    void a_method_starts_its_lra_joins_before_it_runs_and_closes_it_when_it_has_answered() {
        Response response = get("REQUIRED", null);
        List<String> seen = seen(response);
        String lra = seen.get(0);

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(lra).startsWith(coordinator.url());
        assertThat(seen).containsExactly(lra, "null", "true", lra);
        assertThat(response.getHeaderString(LRA.LRA_HTTP_CONTEXT_HEADER)).isEqualTo(lra);
        assertThat(coordinator.calls()).hasSize(3);
        assertThat(coordinator.calls().get(0)).startsWith("start ClientID=").contains("Shop%23required&TimeLimit=0");
        assertThat(coordinator.calls().subList(1, 3)).containsExactly("join lra-1", "close lra-1");
        String at = application.base() + "/shop/7/";
        assertThat(coordinator.links())
                .singleElement()
                .asString()
                .contains(
                        "<" + at + "undo>; rel=\"compensate\"",
                        "<" + at + "done>; rel=\"complete\"",
                        "<" + at + "after>; rel=\"after\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUIRED", "MANDATORY", "SUPPORTS"})
    void a_method_runs_in_its_callers_lra(String type) {
        String lra = coordinator.activeLra();

        List<String> seen = seen(get(type, lra));

        assertThat(seen.get(0)).isEqualTo(lra);
        assertThat(seen.get(3)).isEqualTo(lra);
        assertThat(coordinator.calls()).contains("join given-1").noneMatch(call -> call.startsWith("start"));
        assertThat(coordinator.stateOf(lra)).isEqualTo(type.equals("SUPPORTS") ? "Active" : "Closed");
    }

    @Test
    void a_new_lra_leaves_the_callers_alone() {
        String lra = coordinator.activeLra();

        List<String> seen = seen(get("REQUIRES_NEW", lra));

        assertThat(seen.get(0)).isNotEqualTo(lra).startsWith(coordinator.url());
        assertThat(coordinator.stateOf(lra)).isEqualTo("Active");
        assertThat(coordinator.stateOf(seen.get(0))).isEqualTo("Closed");
    }

    @Test
    void a_nested_lra_knows_its_parent() {
        String lra = coordinator.activeLra();

        List<String> seen = seen(get("NESTED", lra));

        assertThat(seen.get(0)).contains("?ParentLRA=" + FakeCoordinator.encoded(lra));
        assertThat(seen.get(1)).isEqualTo(lra);
        assertThat(coordinator.stateOf(lra)).isEqualTo("Active");
        assertThat(coordinator.stateOf(seen.get(0))).isEqualTo("Closed");
    }

    @Test
    void the_caller_of_a_nested_lra_that_has_ended_is_told_its_own() {
        String lra = coordinator.activeLra();

        assertThat(get("NESTED", lra).getHeaderString(LRA.LRA_HTTP_CONTEXT_HEADER))
                .isEqualTo(lra);
    }

    @Test
    void nested_without_a_caller_is_at_the_top() {
        assertThat(seen(get("NESTED", null)).get(1)).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({"SUPPORTS, false", "NOT_SUPPORTED, false", "NOT_SUPPORTED, true", "NEVER, false"})
    void a_method_runs_without_an_lra(String type, boolean callerHasOne) {
        List<String> seen = seen(get(type, callerHasOne ? coordinator.activeLra() : null));

        assertThat(seen).containsExactly("null", "null", "false", "none");
        assertThat(coordinator.calls()).isEmpty();
    }

    @Test
    void mandatory_without_an_lra_is_412_and_does_not_run() {
        assertThat(get("MANDATORY", null).getStatus()).isEqualTo(412);
        assertThat(shop.runs).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://something/like/an/URI", "no id at all"})
    void never_with_anything_in_the_header_is_412_and_does_not_run(String lra) {
        assertThat(get("NEVER", lra).getStatus()).isEqualTo(412);
        assertThat(shop.runs).hasValue(0);
        assertThat(coordinator.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUIRED", "MANDATORY", "SUPPORTS", "NESTED"})
    void an_lra_that_nobody_knows_is_410_and_the_method_does_not_run(String type) {
        coordinator.answers("start", 404, "no such parent");

        Response response = get(type, coordinator.url() + "/gone");

        assertThat(response.getStatus()).isEqualTo(410);
        assertThat(response.readEntity(String.class)).isEqualTo("HFPAR013");
        assertThat(shop.runs).hasValue(0);
    }

    @Test
    void leaving_an_lra_that_nobody_knows_is_410() {
        Response response = to("leave")
                .header(LRA.LRA_HTTP_CONTEXT_HEADER, coordinator.url() + "/gone")
                .put(Entity.text(""));

        assertThat(response.getStatus()).isEqualTo(410);
        assertThat(shop.runs).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Closing", "Cancelling", "Cancelled"})
    void an_lra_that_is_no_longer_active_is_412_and_the_method_does_not_run(String status) {
        String lra = coordinator.lraThatIs(status);

        assertThat(get("REQUIRED", lra).getStatus()).isEqualTo(412);
        assertThat(shop.runs).hasValue(0);
        assertThat(coordinator.stateOf(lra)).isEqualTo(status);
    }

    @Test
    void narayana_says_503_for_an_lra_that_is_ending_and_the_caller_is_told_412() {
        String lra = coordinator.activeLra();
        coordinator.answers("join", 503, "");

        assertThat(get("REQUIRED", lra).getStatus()).isEqualTo(412);
    }

    @ParameterizedTest
    @CsvSource({"200, Active", "404, Cancelled", "503, Cancelled", "400, Active"})
    void statuses_cancel_as_the_annotation_says_also_without_end(int status, String then) {
        String lra = coordinator.activeLra();

        Response response = application
                .at("shop/7/answer")
                .queryParam("status", status)
                .request()
                .header(LRA.LRA_HTTP_CONTEXT_HEADER, lra)
                .get();

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(coordinator.stateOf(lra)).isEqualTo(then);
    }

    @Test
    void an_exception_that_nobody_maps_cancels() throws InterruptedException {
        String lra = coordinator.activeLra();

        assertThat(get("throws", lra).getStatus()).isEqualTo(500);
        assertThat(coordinator.reaches(lra, "Cancelled")).isTrue();
    }

    @Test
    void a_cancel_that_fails_is_repeated_when_the_caller_has_its_answer() throws InterruptedException {
        String lra = coordinator.activeLra();
        coordinator.answersNext("cancel", 503);

        Response response = application
                .at("shop/7/answer")
                .queryParam("status", 404)
                .request()
                .header(LRA.LRA_HTTP_CONTEXT_HEADER, lra)
                .get();

        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(coordinator.reaches(lra, "Cancelled")).isTrue();
    }

    @Test
    void a_cancel_that_fails_after_an_exception_that_nobody_maps_is_repeated() throws InterruptedException {
        String lra = coordinator.activeLra();
        coordinator.answersNext("cancel", 503);

        assertThat(get("throws", lra).getStatus()).isEqualTo(500);
        assertThat(coordinator.reaches(lra, "Cancelled")).isTrue();
    }

    @Test
    void an_lra_that_was_started_for_a_method_that_does_not_run_is_cancelled_also_if_that_fails_at_first()
            throws InterruptedException {
        coordinator.answers("join", 403, "not allowed");
        coordinator.answersNext("cancel", 503);

        assertThat(get("REQUIRED", null).getStatus()).isEqualTo(412);
        assertThat(coordinator.reaches(coordinator.url() + "/lra-1", "Cancelled"))
                .isTrue();
    }

    @Test
    void without_end_the_lra_stays_open_and_has_its_time_limit() {
        String lra = seen(get("OPEN", null)).get(0);

        assertThat(coordinator.stateOf(lra)).isEqualTo("Active");
        assertThat(coordinator.calls().get(0)).contains("TimeLimit=90000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspended", "stage"})
    void an_asynchronous_answer_closes(String method) {
        String lra = get(method, null).readEntity(String.class);

        assertThat(coordinator.stateOf(lra)).isEqualTo("Closed");
    }

    @Test
    void a_stage_that_fails_cancels() {
        Response response = get("failedStage", null);

        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(coordinator.stateOf(response.readEntity(String.class))).isEqualTo("Cancelled");
    }

    @Test
    void the_thread_of_an_asynchronous_method_forgets_its_lra_before_the_next_request() {
        get("suspended", null).close();
        get("suspended", null).close();

        assertThat(seen(get("NOT_SUPPORTED", null)).get(3)).isEqualTo("none");
        assertThat(seen(get("plain", null)).get(3)).isEqualTo("none");
    }

    @Test
    void who_leaves_is_taken_out_by_the_link_that_it_joined_by_and_sees_the_lra() {
        String lra = seen(get("OPEN", null)).get(0);

        List<String> seen =
                seen(to("leave").header(LRA.LRA_HTTP_CONTEXT_HEADER, lra).put(Entity.text("")));

        assertThat(seen.get(0)).isEqualTo(lra);
        assertThat(seen.get(3)).isEqualTo(lra);
        assertThat(coordinator.links()).isEmpty();
        assertThat(coordinator.stateOf(lra)).isEqualTo("Active");
    }

    @Test
    void who_leaves_does_not_join_again() {
        String lra = seen(get("OPEN", null)).get(0);

        to("leaveAndStay")
                .header(LRA.LRA_HTTP_CONTEXT_HEADER, lra)
                .put(Entity.text(""))
                .close();

        assertThat(coordinator.links()).isEmpty();
    }

    @Test
    void who_leaves_without_having_joined_runs() {
        String lra = coordinator.activeLra();
        coordinator.answers("remove", 400, "not in it");

        Response response = to("leave").header(LRA.LRA_HTTP_CONTEXT_HEADER, lra).put(Entity.text(""));

        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void leaving_an_lra_that_is_ending_is_412() {
        String lra = coordinator.activeLra();
        coordinator.answers("remove", 412, "Closing");

        Response response = to("leave").header(LRA.LRA_HTTP_CONTEXT_HEADER, lra).put(Entity.text(""));

        assertThat(response.getStatus()).isEqualTo(412);
        assertThat(shop.runs).hasValue(0);
    }

    @Test
    void a_callback_sees_its_lra_and_its_data_and_influences_nothing() {
        Response response = to("undo")
                .header(LRA.LRA_HTTP_CONTEXT_HEADER, coordinator.url() + "/x")
                .header(LRA.LRA_HTTP_RECOVERY_HEADER, coordinator.url() + "/recovery/x/p")
                .header("Narayana-LRA-Participant-Data", "kept")
                .put(Entity.text(""));

        assertThat(response.readEntity(String.class)).isEqualTo("kept in " + coordinator.url() + "/x");
        assertThat(coordinator.calls()).isEmpty();
    }

    @Test
    void a_callback_with_an_annotation_of_its_own_neither_joins_nor_ends_the_lra_that_ends() {
        String lra = coordinator.lraThatIs("Closing");

        Response response = to("done")
                .header(LRA.LRA_HTTP_CONTEXT_HEADER, lra)
                .header(LRA.LRA_HTTP_RECOVERY_HEADER, coordinator.url() + "/recovery/x/p")
                .put(Entity.text(""));

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(coordinator.calls()).isEmpty();
    }

    @Test
    void a_callback_may_run_in_a_new_lra_and_still_knows_the_ended_one() {
        String ended = coordinator.lraThatIs("Closed");

        Response response =
                to("after").header(LRA.LRA_HTTP_ENDED_CONTEXT_HEADER, ended).put(Entity.text("Closed"));

        assertThat(response.readEntity(String.class))
                .isEqualTo(coordinator.url() + "/lra-2 after " + ended + " Closed");
    }

    @Test
    void data_are_stored_after_the_method_and_given_to_the_next() {
        String lra = coordinator.activeLra();

        String first = data(lra, "one");
        String second = data(lra, "two");

        assertThat(first).isEmpty();
        assertThat(second).isEqualTo("one");
        assertThat(coordinator.dataOf(lra)).isEqualTo("two");
    }

    private String data(String lra, String given) {
        return to("data")
                .header(LRA.LRA_HTTP_CONTEXT_HEADER, lra)
                .put(Entity.text(given))
                .readEntity(String.class);
    }

    @Test
    void a_method_without_annotations_does_not_see_the_lra_but_sends_it_on_whatever_it_is() {
        List<String> seen = seen(get("plain", "strange thing"));

        assertThat(seen.get(0)).isEqualTo("null");
        assertThat(seen.get(3)).isEqualTo("strange thing");
        assertThat(coordinator.calls()).isEmpty();
    }

    @Test
    void switched_off_it_does_nothing() {
        application.switchOff();

        assertThat(seen(get("MANDATORY", null))).containsExactly("null", "null", "false", "none");
    }
}
