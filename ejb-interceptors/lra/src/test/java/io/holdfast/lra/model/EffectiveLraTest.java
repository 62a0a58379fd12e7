package io.holdfast.lra.model;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.Status.Family;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.eclipse.microprofile.lra.annotation.ws.rs.Leave;
import org.junit.jupiter.api.Test;

/** Which {@code @LRA} and {@code @Leave} apply to a method. */
class EffectiveLraTest {
    /** So that every class here may run in LRAs. */
    abstract static class Listener {
        @AfterLRA
        public void ended(URI lra, LRAStatus status) {}
    }

    @Path("shop")
    static class OnMethods extends Listener {
        @GET
        @LRA(
                value = LRA.Type.NESTED,
                timeLimit = 3,
                timeUnit = ChronoUnit.MINUTES,
                end = false,
                cancelOn = {Status.GONE, Status.FOUND},
                cancelOnFamily = Family.SERVER_ERROR)
        public void everything() {}

        @POST
        @LRA
        public void defaults() {}

        @PUT
        public void nothing() {}

        @LRA
        public void notOfRest() {}

        @GET
        @LRA
        void notPublic() {}

        @Path("below")
        @LRA
        public Object locator() {
            return this;
        }

        @PUT
        @Leave
        @LRA(value = LRA.Type.SUPPORTS, end = false)
        public void leaving() {}
    }

    @Test
    void the_annotation_of_the_method_is_read_with_all_its_members() {
        LraRule rule = rule(OnMethods.class, "everything").orElseThrow();

        assertThat(rule.type()).isEqualTo(LRA.Type.NESTED);
        assertThat(rule.timeLimit()).contains(Duration.ofMinutes(3));
        assertThat(rule.end()).isFalse();
        assertThat(rule.cancelOn()).containsExactlyInAnyOrder(410, 302);
        assertThat(rule.cancelOnFamily()).containsExactly(Family.SERVER_ERROR);
    }

    @Test
    void the_defaults_are_the_specifications() {
        LraRule rule = rule(OnMethods.class, "defaults").orElseThrow();

        assertThat(rule.type()).isEqualTo(LRA.Type.REQUIRED);
        assertThat(rule.timeLimit()).isEmpty();
        assertThat(rule.end()).isTrue();
        assertThat(rule.cancelOn()).isEmpty();
        assertThat(rule.cancelOnFamily()).containsExactlyInAnyOrder(Family.CLIENT_ERROR, Family.SERVER_ERROR);
    }

    @Test
    void an_answer_cancels_by_its_status_or_its_family() {
        LraRule rule = rule(OnMethods.class, "everything").orElseThrow();

        assertThat(rule.cancels(410)).isTrue();
        assertThat(rule.cancels(302)).isTrue();
        assertThat(rule.cancels(599)).isTrue();
        assertThat(rule.cancels(404)).isFalse();
        assertThat(rule.cancels(200)).isFalse();
    }

    @Test
    void a_method_without_the_annotation_has_no_rule() {
        assertThat(method(OnMethods.class, "nothing").rule()).isEmpty();
    }

    @Test
    void what_is_no_public_resource_method_is_not_one() throws Exception {
        ResourceModel model = read(OnMethods.class);

        for (String name : new String[] {"notOfRest", "notPublic", "locator"}) {
            assertThat(model.method(OnMethods.class.getDeclaredMethod(name))).isEmpty();
        }
    }

    @Test
    void leave_is_read_beside_lra() {
        assertThat(method(OnMethods.class, "leaving").leaves()).isTrue();
        assertThat(rule(OnMethods.class, "leaving").orElseThrow().type()).isEqualTo(LRA.Type.SUPPORTS);
        assertThat(method(OnMethods.class, "defaults").leaves()).isFalse();
    }

    @Path("shop")
    @LRA(LRA.Type.MANDATORY)
    static class OnClass extends Listener {
        @GET
        public void plain() {}

        @POST
        @LRA(LRA.Type.NEVER)
        public void own() {}
    }

    @Test
    void the_annotation_of_the_class_counts_for_methods_without_one() {
        assertThat(type(OnClass.class, "plain")).isEqualTo(LRA.Type.MANDATORY);
        assertThat(type(OnClass.class, "own")).isEqualTo(LRA.Type.NEVER);
    }

    @Path("shop")
    @LRA(LRA.Type.MANDATORY)
    static class Callbacks {
        @PUT
        @Path("undo")
        @Compensate
        public void undo() {}

        @PUT
        @Path("after")
        @AfterLRA
        @LRA(LRA.Type.REQUIRES_NEW)
        public void after() {}
    }

    @Test
    void the_annotation_of_the_class_is_not_meant_for_callbacks_but_their_own_is() {
        assertThat(method(Callbacks.class, "undo").isCallback()).isTrue();
        assertThat(method(Callbacks.class, "undo").rule()).isEmpty();
        assertThat(type(Callbacks.class, "after")).isEqualTo(LRA.Type.REQUIRES_NEW);
    }

    static class Base extends Listener {
        @GET
        @LRA(LRA.Type.REQUIRED)
        public void inherited() {}

        @PUT
        @LRA(LRA.Type.REQUIRES_NEW)
        @Leave
        public void overridden() {}

        @POST
        @LRA(LRA.Type.MANDATORY)
        public void changed() {}
    }

    @Path("shop")
    static class Derived extends Base {
        @Override
        public void overridden() {}

        @Override
        @LRA(LRA.Type.NEVER)
        public void changed() {}
    }

    @Path("shop")
    @LRA(LRA.Type.SUPPORTS)
    static class DerivedWithOwn extends Base {
        @Override
        public void overridden() {}
    }

    @Test
    void a_method_inherits_from_the_superclass_also_when_it_overrides() {
        assertThat(type(Derived.class, "inherited")).isEqualTo(LRA.Type.REQUIRED);
        assertThat(type(Derived.class, "overridden")).isEqualTo(LRA.Type.REQUIRES_NEW);
        assertThat(method(Derived.class, "overridden").leaves()).isTrue();
        assertThat(type(Derived.class, "changed")).isEqualTo(LRA.Type.NEVER);
    }

    @Test
    void the_class_that_contains_the_method_comes_before_the_superclass_s_method() {
        assertThat(type(DerivedWithOwn.class, "overridden")).isEqualTo(LRA.Type.SUPPORTS);
        assertThat(type(DerivedWithOwn.class, "inherited")).isEqualTo(LRA.Type.REQUIRED);
    }

    @LRA(LRA.Type.NESTED)
    static class AnnotatedBase extends Listener {
        @GET
        public void inherited() {}

        @PUT
        @LRA(LRA.Type.MANDATORY)
        public void overridden() {}

        @POST
        public void plain() {}
    }

    @Path("shop")
    static class DerivedFromAnnotated extends AnnotatedBase {
        @Override
        public void overridden() {}

        @Override
        public void plain() {}
    }

    @Test
    void what_the_class_inherits_comes_last() {
        assertThat(type(DerivedFromAnnotated.class, "inherited")).isEqualTo(LRA.Type.NESTED);
        assertThat(type(DerivedFromAnnotated.class, "overridden")).isEqualTo(LRA.Type.MANDATORY);
        assertThat(type(DerivedFromAnnotated.class, "plain")).isEqualTo(LRA.Type.NESTED);
    }

    @Path("shop")
    @LRA(LRA.Type.SUPPORTS)
    static class Extending extends Unannotated {}

    abstract static class Unannotated extends Listener {
        @GET
        public void inherited() {}
    }

    @Test
    void the_annotation_of_the_resource_class_reaches_methods_of_a_superclass_that_has_none() {
        assertThat(type(Extending.class, "inherited")).isEqualTo(LRA.Type.SUPPORTS);
    }

    interface Contract {
        @GET
        @LRA(LRA.Type.REQUIRED)
        void implemented();

        @PUT
        @LRA(LRA.Type.MANDATORY)
        void both();
    }

    abstract static class Superclass extends Listener {
        @PUT
        @LRA(LRA.Type.NESTED)
        public void both() {}
    }

    @Path("shop")
    static class Implementing extends Superclass implements Contract {
        @Override
        public void implemented() {}

        @Override
        public void both() {}
    }

    @Test
    void a_method_inherits_from_an_interface_after_the_superclass() {
        assertThat(type(Implementing.class, "implemented")).isEqualTo(LRA.Type.REQUIRED);
        assertThat(type(Implementing.class, "both")).isEqualTo(LRA.Type.NESTED);
    }

    @Test
    void a_resource_method_is_found_by_each_of_its_declarations() throws Exception {
        ResourceModel model = read(Implementing.class);
        LraMethod both = model.method(Implementing.class.getMethod("both")).orElseThrow();

        assertThat(model.method(Superclass.class.getMethod("both"))).contains(both);
        assertThat(model.method(Contract.class.getMethod("both"))).contains(both);
        assertThat(both.method()).isEqualTo(Implementing.class.getMethod("both"));
    }

    @Path("shop")
    static class WithRestAnnotations implements Contract {
        @Override
        @Path("own")
        public void implemented() {}

        @Override
        @POST
        public void both() {}

        @AfterLRA
        public void ended(URI lra, LRAStatus status) {}
    }

    @Test
    void jakarta_rest_s_annotations_are_inherited_all_or_none_but_lra_for_itself() throws Exception {
        ResourceModel model = read(WithRestAnnotations.class);

        assertThat(model.method(WithRestAnnotations.class.getMethod("implemented")))
                .isEmpty();
        assertThat(type(WithRestAnnotations.class, "both")).isEqualTo(LRA.Type.MANDATORY);
    }

    @Path("shop")
    static class WithParameterAnnotation implements Question {
        @Override
        public void ask(@QueryParam("text") String text) {}
    }

    interface Question {
        @GET
        void ask(String text);
    }

    @Test
    void an_annotation_of_a_parameter_is_one_of_the_method() throws Exception {
        assertThat(read(WithParameterAnnotation.class)
                        .method(WithParameterAnnotation.class.getMethod("ask", String.class)))
                .isEmpty();
    }

    interface Generic<T> {
        @PUT
        @LRA(LRA.Type.MANDATORY)
        Response take(T value);
    }

    @Path("shop")
    static class OfStrings extends Listener implements Generic<String> {
        @Override
        public Response take(String value) {
            return Response.ok().build();
        }
    }

    @Test
    void a_method_inherits_also_when_its_parameter_is_of_a_generic_type() {
        assertThat(type(OfStrings.class, "take")).isEqualTo(LRA.Type.MANDATORY);
    }

    interface WithDefault {
        @GET
        @LRA(LRA.Type.SUPPORTS)
        default void given() {}
    }

    @Path("shop")
    static class UsingDefault extends Listener implements WithDefault {}

    @Test
    void a_default_method_of_an_interface_is_one_of_the_class() throws Exception {
        assertThat(read(UsingDefault.class).method(WithDefault.class.getMethod("given")))
                .hasValueSatisfying(
                        method -> assertThat(method.rule().orElseThrow().type()).isEqualTo(LRA.Type.SUPPORTS));
    }

    @LRA
    interface AnnotatedContract {
        @GET
        void implemented();
    }

    @Path("shop")
    static class ImplementingAnnotated implements AnnotatedContract {
        @Override
        public void implemented() {}
    }

    @Test
    void what_stands_on_an_interface_is_not_inherited() {
        assertThat(rule(ImplementingAnnotated.class, "implemented")).isEmpty();
    }

    @Path("shop")
    static class Limits extends Listener {
        @GET
        @LRA(timeLimit = 1, timeUnit = ChronoUnit.NANOS)
        public void tiny() {}

        @PUT
        @LRA(timeLimit = 100, timeUnit = ChronoUnit.YEARS)
        public void long100() {}

        @POST
        @LRA(timeLimit = 7)
        public void seconds() {}
    }

    @Test
    void a_time_limit_counts_in_its_unit_and_never_becomes_none() {
        assertThat(rule(Limits.class, "tiny").orElseThrow().timeLimit()).contains(Duration.ofMillis(1));
        assertThat(rule(Limits.class, "seconds").orElseThrow().timeLimit()).contains(Duration.ofSeconds(7));
        assertThat(rule(Limits.class, "long100").orElseThrow().timeLimit())
                .contains(ChronoUnit.YEARS.getDuration().multipliedBy(100));
    }

    @Test
    void types_that_keep_lras_away_do_not_run_in_them() {
        for (LRA.Type type : LRA.Type.values()) {
            var rule = new LraRule(type, Optional.empty(), true, Set.of(), Set.of());
            assertThat(rule.runsInLra()).isEqualTo(type != LRA.Type.NEVER && type != LRA.Type.NOT_SUPPORTED);
        }
    }

    private static LRA.Type type(Class<?> resource, String name) {
        return rule(resource, name).orElseThrow().type();
    }

    private static Optional<LraRule> rule(Class<?> resource, String name) {
        return method(resource, name).rule();
    }

    private static LraMethod method(Class<?> resource, String name) {
        Method method = Arrays.stream(resource.getMethods())
                .filter(each -> each.getName().equals(name) && !each.isBridge())
                .findFirst()
                .orElseThrow();
        return read(resource).method(method).orElseThrow();
    }

    private static ResourceModel read(Class<?> resource) {
        ResourceModel.Reading reading = ResourceModel.read(resource);
        assertThat(reading.problems()).isEmpty();
        return reading.model();
    }
}
