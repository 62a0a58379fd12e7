package io.holdfast.lra.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lra.messages.ParticipantMessage;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.Forget;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.eclipse.microprofile.lra.annotation.ParticipantStatus;
import org.eclipse.microprofile.lra.annotation.Status;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.junit.jupiter.api.Test;

/** Which methods are called when an LRA ends, and which must not be deployed. */
class CallbacksTest {
    @Path("/shop/")
    static class OfRest {
        @PUT
        @Path("/undo/")
        @Compensate
        public Response undo() {
            return Response.ok().build();
        }

        @PUT
        @Path("done")
        @Complete
        public String done(int anything) {
            return "Completed";
        }

        @GET
        @Path("status")
        @Status
        public void status() {}

        @DELETE
        @Forget
        public void forget() {}

        @PUT
        @Path("after")
        @AfterLRA
        public void after() {}
    }

    @Test
    void methods_of_jakarta_rest_are_called_by_their_address_and_may_look_as_they_like() throws Exception {
        ResourceModel model = accepted(OfRest.class);

        assertThat(model.callback(CallbackKind.COMPENSATE))
                .contains(new Callback.Rest(CallbackKind.COMPENSATE, OfRest.class.getMethod("undo"), "/shop/undo"));
        assertThat(path(model, CallbackKind.COMPLETE)).isEqualTo("/shop/done");
        assertThat(path(model, CallbackKind.STATUS)).isEqualTo("/shop/status");
        assertThat(path(model, CallbackKind.FORGET)).isEqualTo("/shop");
        assertThat(path(model, CallbackKind.AFTER)).isEqualTo("/shop/after");
        assertThat(model.joins()).isTrue();
        assertThat(model.type()).isEqualTo(OfRest.class);
    }

    static class Plain {
        @Compensate
        public void undo(URI lra) {}

        @Complete
        public CompletionStage<Void> done() {
            return CompletableFuture.completedFuture(null);
        }

        @Status
        public CompletionStage<ParticipantStatus> status(URI lra, URI parent) {
            return CompletableFuture.completedFuture(ParticipantStatus.Active);
        }

        @Forget
        public CompletionStage<Response> forget(URI lra) {
            return CompletableFuture.completedFuture(Response.ok().build());
        }

        @AfterLRA
        public int ended(URI lra, LRAStatus status) {
            return 0;
        }
    }

    @Test
    void other_methods_are_called_on_the_bean() throws Exception {
        ResourceModel model = accepted(Plain.class);

        assertThat(model.callback(CallbackKind.COMPENSATE))
                .contains(new Callback.Plain(CallbackKind.COMPENSATE, Plain.class.getMethod("undo", URI.class)));
        for (CallbackKind kind : CallbackKind.values()) {
            assertThat(model.callback(kind)).containsInstanceOf(Callback.Plain.class);
        }
    }

    static class OtherReturnTypes {
        @Compensate
        public ParticipantStatus undo(URI lra, URI parent) {
            return ParticipantStatus.Compensated;
        }

        @Complete
        @Produces("text/plain")
        public Response done(URI lra) {
            return Response.ok().build();
        }

        @Status
        public ParticipantStatus status() {
            return ParticipantStatus.Active;
        }
    }

    @Test
    void they_may_tell_how_they_fared_by_a_status_or_a_response() {
        assertThat(accepted(OtherReturnTypes.class).callback(CallbackKind.COMPLETE))
                .containsInstanceOf(Callback.Plain.class);
    }

    static class Completing {
        @Complete
        public void done() {}
    }

    @Test
    void only_compensate_and_after_make_a_class_join() {
        assertThat(accepted(Completing.class).joins()).isFalse();
    }

    interface Undoing {
        @PUT
        @Path("undo")
        @Compensate
        void undo();
    }

    static class Parent {
        @PUT
        @Path("after")
        @AfterLRA
        public void after() {}
    }

    @Path("shop")
    static class Heir extends Parent implements Undoing {
        @Override
        public void undo() {}
    }

    @Test
    void callbacks_are_inherited_from_superclasses_and_interfaces() {
        ResourceModel model = accepted(Heir.class);

        assertThat(path(model, CallbackKind.COMPENSATE)).isEqualTo("/shop/undo");
        assertThat(path(model, CallbackKind.AFTER)).isEqualTo("/shop/after");
    }

    @Path("shop")
    static class Replacing extends Parent {
        @Override
        @PUT
        @Path("afterwards")
        @AfterLRA
        public void after() {}
    }

    @Test
    void an_overridden_callback_is_no_second_one() {
        assertThat(path(accepted(Replacing.class), CallbackKind.AFTER)).isEqualTo("/shop/afterwards");
    }

    @Path("inherited")
    static class PathOnSuperclass extends Parent {}

    static class WithoutOwnPath extends PathOnSuperclass {}

    @Test
    void a_class_without_a_path_has_its_superclass_s() {
        assertThat(path(accepted(WithoutOwnPath.class), CallbackKind.AFTER)).isEqualTo("/inherited/after");
    }

    @Path("hotels/{hotel: [0-9]+}")
    static class Template {
        @PUT
        @Path("undo/{hotel}")
        @Compensate
        public void undo(@PathParam("hotel") long hotel) {}
    }

    @Test
    void templates_of_the_class_stay_in_the_path() {
        assertThat(path(accepted(Template.class), CallbackKind.COMPENSATE))
                .isEqualTo("/hotels/{hotel: [0-9]+}/undo/{hotel}");
    }

    @Path("shop")
    static class OwnTemplate {
        @PUT
        @Path("undo/{lra}")
        @Compensate
        public void undo(@PathParam("lra") String lra) {}
    }

    @Test
    void a_template_of_the_callback_alone_is_refused() {
        assertRefused(OwnTemplate.class, ParticipantMessage.UNKNOWN_TEMPLATE, "undo", "'lra'");
    }

    static class Several {
        @Compensate
        public void first() {}

        @Compensate
        public void second() {}
    }

    @Test
    void of_several_methods_with_one_annotation_the_same_is_always_called_and_the_others_are_named() throws Exception {
        ResourceModel.Reading reading = ResourceModel.read(Several.class);

        assertThat(reading.model().callback(CallbackKind.COMPENSATE))
                .contains(new Callback.Plain(CallbackKind.COMPENSATE, Several.class.getMethod("first")));
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.stopsDeployment()).isFalse();
            assertThat(problem.line())
                    .startsWith("HFPAR002 " + Several.class.getName() + "#first")
                    .endsWith(Several.class.getName() + "#second");
        });
    }

    @Path("shop")
    static class NoCallback {
        @GET
        @LRA(LRA.Type.REQUIRES_NEW)
        public void work() {}

        @PUT
        @Path("done")
        @Complete
        public void done() {}
    }

    @Test
    void who_runs_in_an_lra_must_compensate_or_be_told_its_end() {
        assertRefused(NoCallback.class, ParticipantMessage.NO_CALLBACK, "work", "REQUIRES_NEW");
    }

    @Path("shop")
    @LRA(LRA.Type.SUPPORTS)
    static class NoCallbackByClass {
        @GET
        public void work() {}
    }

    @Test
    void also_when_the_annotation_is_on_the_class() {
        assertRefused(NoCallbackByClass.class, ParticipantMessage.NO_CALLBACK, "work", "SUPPORTS");
    }

    @Path("shop")
    static class Outside {
        @GET
        @LRA(LRA.Type.NEVER)
        public void never() {}

        @PUT
        @LRA(LRA.Type.NOT_SUPPORTED)
        public void notSupported() {}
    }

    @Test
    void who_never_runs_in_one_needs_no_callback() {
        assertThat(accepted(Outside.class).joins()).isFalse();
    }

    static class Hidden {
        @Compensate
        void undo() {}
    }

    @Test
    void a_callback_that_is_not_public_is_refused() {
        assertRefused(Hidden.class, ParticipantMessage.CALLBACK_NOT_PUBLIC, "undo", "@Compensate");
    }

    static class OfTheClass {
        @Complete
        public static void done() {}
    }

    @Test
    void a_callback_of_the_class_is_refused() {
        assertRefused(OfTheClass.class, ParticipantMessage.CALLBACK_NOT_PUBLIC, "done", "@Complete");
    }

    @Path("shop")
    static class WrongVerbs {
        @GET
        @Path("undo")
        @Compensate
        public void undo() {}

        @PUT
        @Path("status")
        @Status
        public void status() {}
    }

    @Test
    void a_callback_that_answers_to_another_http_method_is_refused() {
        assertThat(lines(WrongVerbs.class))
                .containsExactly(
                        "HFPAR004 " + WrongVerbs.class.getName()
                                + "#undo is @Compensate, which is called by PUT, but it answers to GET",
                        "HFPAR004 " + WrongVerbs.class.getName()
                                + "#status is @Status, which is called by GET, but it answers to PUT");
    }

    @Path("shop")
    static class PathOnly {
        @Path("undo")
        @Compensate
        public void undo() {}
    }

    @Test
    void a_path_without_an_http_method_is_refused() {
        assertRefused(PathOnly.class, ParticipantMessage.WRONG_VERB, "undo", "no HTTP method");
    }

    static class Subresource {
        @GET
        @LRA
        public void work() {}

        @PUT
        @Path("undo")
        @Compensate
        public void undo() {}

        @AfterLRA
        public void ended(URI lra, LRAStatus status) {}
    }

    @Test
    void a_callback_of_jakarta_rest_in_a_class_without_an_address_is_left_out_with_a_warning() {
        ResourceModel.Reading reading = ResourceModel.read(Subresource.class);

        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.stopsDeployment()).isFalse();
            assertThat(problem.line()).startsWith("HFPAR007 " + Subresource.class.getName() + "#undo is @Compensate");
        });
        assertThat(reading.model().callback(CallbackKind.COMPENSATE)).isEmpty();
        assertThat(reading.model().callback(CallbackKind.AFTER)).isPresent();
    }

    @Test
    void a_class_that_is_there_to_be_extended_is_no_mistake() {
        assertThat(accepted(Parent.class).joins()).isFalse();
    }

    static class WrongReturnTypes {
        @Compensate
        public String undo() {
            return "compensated";
        }

        @Complete
        public CompletionStage<String> done() {
            return CompletableFuture.completedFuture("");
        }

        @Status
        public void status() {}

        @Forget
        public CompletableFuture<Response> forget() {
            return new CompletableFuture<>();
        }
    }

    @Test
    void a_plain_callback_that_returns_anything_else_is_refused() {
        assertThat(lines(WrongReturnTypes.class))
                .hasSize(4)
                .allMatch(line -> line.startsWith("HFPAR005 " + WrongReturnTypes.class.getName() + "#"))
                .anyMatch(line -> line.contains("#undo is @Compensate") && line.contains("returns java.lang.String;"))
                .anyMatch(line -> line.contains("#status")
                        && line.endsWith(
                                "allowed are ParticipantStatus, Response and a CompletionStage of one of them"));
    }

    static class Telling {
        @Status
        public CompletionStage<Void> status() {
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void a_stage_of_nothing_tells_no_status() {
        assertRefused(Telling.class, ParticipantMessage.WRONG_RETURN_TYPE, "status", "CompletionStage<java.lang.Void>");
    }

    static class WrongParameters {
        @Compensate
        public void undo(String lra) {}

        @Complete
        public ParticipantStatus done(URI lra, URI parent, Object more) {
            return ParticipantStatus.Completed;
        }

        @Forget
        public void forget(int lra, URI parent) {}

        @AfterLRA
        public void ended(String lra, String status) {}
    }

    @Test
    void a_plain_callback_that_takes_anything_else_is_refused() {
        String name = "HFPAR006 " + WrongParameters.class.getName();
        assertThat(lines(WrongParameters.class))
                .containsExactly(
                        name
                                + "#undo is @Compensate and no JAX-RS method, and takes (String); allowed are (), (URI), (URI, URI)",
                        name
                                + "#done is @Complete and no JAX-RS method, and takes (URI, URI, Object); allowed are (), (URI), (URI, URI)",
                        name
                                + "#forget is @Forget and no JAX-RS method, and takes (int, URI); allowed are (), (URI), (URI, URI)",
                        name
                                + "#ended is @AfterLRA and no JAX-RS method, and takes (String, String); allowed are (URI, LRAStatus)");
    }

    static class Listening {
        @AfterLRA
        public void ended(URI lra) {}
    }

    @Test
    void a_listener_needs_both_parameters() {
        assertRefused(Listening.class, ParticipantMessage.WRONG_PARAMETERS, "ended", "(URI, LRAStatus)");
    }

    @Path("shop")
    static class NegativeLimit extends Plain {
        @GET
        @LRA(timeLimit = -1)
        public void negative() {}

        @PUT
        @LRA(timeLimit = Long.MAX_VALUE)
        public void tooLong() {}
    }

    @Test
    void a_time_limit_out_of_bounds_is_refused() {
        assertThat(lines(NegativeLimit.class))
                .containsExactly(
                        "HFPAR009 " + NegativeLimit.class.getName()
                                + "#negative is @LRA with timeLimit -1 Seconds; allowed are 0 (none) to 3155760000000 milliseconds",
                        "HFPAR009 " + NegativeLimit.class.getName()
                                + "#tooLong is @LRA with timeLimit 9223372036854775807 Seconds; allowed are 0 (none) to"
                                + " 3155760000000 milliseconds");
    }

    private static String path(ResourceModel model, CallbackKind kind) {
        return ((Callback.Rest) model.callback(kind).orElseThrow()).path();
    }

    private static ResourceModel accepted(Class<?> type) {
        ResourceModel.Reading reading = ResourceModel.read(type);
        assertThat(reading.problems()).isEmpty();
        return reading.model();
    }

    private static void assertRefused(Class<?> type, ParticipantMessage message, String method, String detail) {
        assertThat(ResourceModel.read(type).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).isEqualTo(message);
            assertThat(problem.stopsDeployment()).isTrue();
            assertThat(problem.line())
                    .startsWith(message.id() + " " + type.getName() + "#" + method + " ")
                    .contains(detail);
        });
    }

    private static List<String> lines(Class<?> type) {
        return ResourceModel.read(type).problems().stream()
                .filter(Problem::stopsDeployment)
                .map(Problem::line)
                .toList();
    }
}
