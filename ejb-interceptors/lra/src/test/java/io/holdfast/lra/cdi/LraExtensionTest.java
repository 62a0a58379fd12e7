package io.holdfast.lra.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lra.LraException;
import io.holdfast.lra.LraParticipantData;
import io.holdfast.lra.bean.LraBeanInterceptor;
import io.holdfast.lra.model.ResourceModel;
import io.holdfast.lra.runtime.Participants;
import io.holdfast.lra.runtime.Participants.Instance;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.MessageDriven;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments into a CDI container. */
class LraExtensionTest {
    @ApplicationScoped
    public static class Good {
        final AtomicInteger calls = new AtomicInteger();

        @Compensate
        public void undo(URI lra) {
            calls.incrementAndGet();
        }

        public AtomicInteger calls() {
            return calls;
        }
    }

    @ApplicationScoped
    public static class WrongParameters {
        @Compensate
        public void undo(String lra) {}
    }

    @jakarta.ws.rs.Path("nothing")
    @ApplicationScoped
    public static class NobodyCompensates {
        @GET
        @LRA
        public void work() {}
    }

    public abstract static class Unfinished {
        @Compensate
        public void undo(String lra) {}
    }

    /** No bean. */
    public static class Plain {
        static final AtomicInteger DESTROYED = new AtomicInteger();

        @Inject
        @Nullable
        Good good;

        @Compensate
        public void undo(URI lra) {}

        @PreDestroy
        void destroy() {
            DESTROYED.incrementAndGet();
        }
    }

    /** A bean that Jakarta REST does not call. */
    @ApplicationScoped
    public static class NoResource {
        @LRA(LRA.Type.MANDATORY)
        public void work() {}

        public void look() {}

        @Compensate
        public void undo(URI lra) {}
    }

    @MessageDriven
    public static class Listener {
        @LRA
        public void onMessage(Object message) {}

        @Compensate
        public void undo(URI lra) {}
    }

    private static SeContainer deploy(Class<?>... beans) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new LraExtension())
                .addBeanClasses(ApplicationRuntime.class, LraParticipantData.class)
                .addBeanClasses(beans)
                .initialize();
    }

    private static Participants participants(SeContainer container) {
        return new FoundParticipants(container.select(LraExtension.class).get(), container.getBeanManager(), List.of());
    }

    @Test
    void a_wrong_signature_stops_the_deployment_with_number_class_and_method() {
        assertThatThrownBy(() -> deploy(Good.class, WrongParameters.class))
                .hasStackTraceContaining(DefinitionException.class.getSimpleName())
                .hasStackTraceContaining("HFPAR006 " + WrongParameters.class.getName() + "#undo");
    }

    @Test
    void a_resource_in_an_lra_without_callbacks_stops_the_deployment() {
        assertThatThrownBy(() -> deploy(NobodyCompensates.class))
                .hasStackTraceContaining("HFPAR001 " + NobodyCompensates.class.getName() + "#work");
    }

    @Test
    void methods_of_a_bean_that_is_no_resource_are_intercepted_where_the_annotation_stands() {
        String secret = "holdfast.lra.callback.secret";
        System.setProperty(secret, "a secret of this test");
        try (SeContainer container = deploy(NoResource.class, LraBeanInterceptor.class)) {
            NoResource bean = container.select(NoResource.class).get();

            bean.look();
            bean.undo(URI.create("http://x/1"));
            assertThatThrownBy(bean::work)
                    .isInstanceOf(LraException.class)
                    .hasMessageStartingWith("HFPAR034 " + NoResource.class.getName() + "#work");
        } finally {
            System.clearProperty(secret);
        }
    }

    @Test
    void a_message_driven_bean_has_to_name_the_interceptor_itself() {
        assertThatThrownBy(() -> deploy(Good.class, Listener.class))
                .hasStackTraceContaining("HFPAR036 " + Listener.class.getName() + "#onMessage");
    }

    @Test
    void a_session_bean_with_callbacks_needs_a_view_that_has_them() {
        assertThat(mistakesOf(Set.of(Object.class, Runnable.class)))
                .singleElement()
                .asString()
                .contains("HFPAR037 " + Good.class.getName());
        assertThat(mistakesOf(Set.of(Object.class, Good.class))).isEmpty();
    }

    /** What a deployment would be refused for, of a session bean with these bean types. */
    private static List<Throwable> mistakesOf(Set<Type> types) {
        LraExtension extension = new LraExtension();
        List<Throwable> mistakes = new ArrayList<>();
        try (SeContainer container = deploy(Good.class)) {
            AnnotatedType<Good> annotated = container.getBeanManager().createAnnotatedType(Good.class);
            extension.read(told(ProcessAnnotatedType.class, Map.of("getAnnotatedType", annotated)));
            Bean<?> bean = told(Bean.class, Map.of("getBeanClass", Good.class, "getTypes", types));
            extension.noteSession(told(ProcessSessionBean.class, Map.of("getBean", bean)));
            extension.report((AfterBeanDiscovery) Proxy.newProxyInstance(
                    LraExtensionTest.class.getClassLoader(),
                    new Class<?>[] {AfterBeanDiscovery.class},
                    (proxy, method, arguments) -> {
                        mistakes.add((Throwable) arguments[0]);
                        return null;
                    }));
        }
        return mistakes;
    }

    /** What answers so and nothing else. */
    private static <T> T told(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> Objects.requireNonNull(answers.get(method.getName()))));
    }

    @Test
    void an_abstract_class_is_not_looked_at() {
        try (SeContainer container = deploy(Good.class, Unfinished.class)) {
            assertThat(container.isRunning()).isTrue();
        }
    }

    @Test
    void callbacks_are_called_on_the_applications_bean() throws Exception {
        try (SeContainer container = deploy(Good.class)) {
            Participants participants = participants(container);
            Class<?> type = participants
                    .withPlainCallbacks(Participants.idOf(Good.class))
                    .orElseThrow();
            try (Instance instance = participants.instance(type)) {
                Good.class.getMethod("undo", URI.class).invoke(instance.get(), URI.create("http://x/1"));
            }

            assertThat(container.select(Good.class).get().calls()).hasValue(1);
        }
    }

    @Test
    void a_class_that_is_no_bean_is_read_when_it_is_first_called_and_has_an_instance_for_each_call() {
        Plain.DESTROYED.set(0);
        try (SeContainer container = deploy(Good.class)) {
            Participants participants = participants(container);

            Optional<ResourceModel> model = participants.model(Plain.class);

            assertThat(model.orElseThrow().joins()).isTrue();
            assertThat(participants.withPlainCallbacks(Participants.idOf(Plain.class)))
                    .contains(Plain.class);
            try (Instance instance = participants.instance(Plain.class)) {
                assertThat(((Plain) instance.get()).good).isNotNull();
            }
            assertThat(Plain.DESTROYED).hasValue(1);
        }
    }

    @Test
    void a_class_that_is_no_bean_and_wrong_is_not_used() {
        try (SeContainer container = deploy(Good.class)) {
            assertThatThrownBy(() -> participants(container).model(WrongParameters.class))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("HFPAR006");
        }
    }

    @Test
    void it_is_on_where_no_other_participants_are() {
        try (SeContainer container = deploy(Good.class)) {
            assertThat(container.select(ApplicationRuntime.class).get().isServedByOthers())
                    .isFalse();
        }
    }

    @Test
    void it_is_off_where_narayanas_filters_can_be_seen(@TempDir Path narayana) throws Exception {
        compile(narayana, "ServerLRAFilter", "package io.narayana.lra.filter; public class ServerLRAFilter {}");

        try (URLClassLoader application =
                new URLClassLoader(new URL[] {narayana.toUri().toURL()}, LraExtensionTest.class.getClassLoader())) {
            assertThat(OtherParticipants.find(application)).contains("io.narayana.lra.filter.ServerLRAFilter");
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(application);
            try (SeContainer container = deploy(Good.class, WrongParameters.class)) {
                ApplicationRuntime runtime =
                        container.select(ApplicationRuntime.class).get();

                assertThat(runtime.isServedByOthers()).isTrue();
                assertThat(runtime.runtime()).isEmpty();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    /** As WildFly does with an EAR: its WARs see the subsystem, but are deployed in the context of the EAR, which does not. */
    @Test
    void it_is_off_where_the_classes_of_the_application_alone_see_narayanas_filters(@TempDir Path war)
            throws Exception {
        compile(war, "ServerLRAFilter", "package io.narayana.lra.filter; public class ServerLRAFilter {}");
        compile(war, "Wrong", """
                package war;

                @jakarta.enterprise.context.ApplicationScoped
                public class Wrong {
                    @org.eclipse.microprofile.lra.annotation.Compensate
                    public void undo(String lra) {}
                }
                """);

        try (URLClassLoader application =
                        new URLClassLoader(new URL[] {war.toUri().toURL()}, LraExtensionTest.class.getClassLoader());
                SeContainer container = deploy(application.loadClass("war.Wrong"))) {
            assertThat(container.select(ApplicationRuntime.class).get().isServedByOthers())
                    .isTrue();
        }
    }

    private static void compile(Path directory, String name, String text) throws IOException {
        Path source = Files.writeString(directory.resolve(name + ".java"), text);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        source.toString());
        assertThat(compiled).isZero();
    }
}
