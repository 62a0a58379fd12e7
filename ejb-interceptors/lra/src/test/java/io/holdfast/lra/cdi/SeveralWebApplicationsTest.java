package io.holdfast.lra.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lra.LraParticipantData;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.model.ResourceModel;
import io.holdfast.lra.runtime.ParticipantRuntime;
import io.holdfast.lra.runtime.PlainCallbacks;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An EAR with the library in its lib directory: one runtime for all of its WARs, whichever starts last. */
class SeveralWebApplicationsTest {
    private static final String URL_OF_SERVER = "holdfast.lra.participant.url";

    private final SeContainer container = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addExtensions(new LraExtension())
            .addBeanClasses(ApplicationRuntime.class, LraParticipantData.class, Api.class)
            .initialize();

    @ApplicationPath("api")
    public static class Api extends Application {}

    /** No bean. */
    public static class Plain {
        @Compensate
        public void undo(URI lra) {}
    }

    @BeforeEach
    void nameTheServer() {
        System.setProperty(URL_OF_SERVER, "https://rooms.internal");
    }

    @AfterEach
    void stop() {
        container.close();
        System.clearProperty(URL_OF_SERVER);
    }

    @Test
    void the_address_is_that_of_the_one_that_has_the_jax_rs_application() throws Exception {
        try (URLClassLoader another = new URLClassLoader(new URL[0])) {
            start(new Started("/rooms", getClass().getClassLoader()));
            start(new Started("/pages", another));

            assertThat(runtime().base()).contains("https://rooms.internal/rooms/api");
        }
    }

    @Test
    void participants_of_all_can_be_called_back_before_their_first_request() throws Exception {
        Started rooms = start(new Started("/rooms", getClass().getClassLoader()));
        new ResourceCheck().onStartup(Set.of(Plain.class), rooms.context());
        start(new Started("/pages", getClass().getClassLoader()));

        String lra = "http://coordinator/lra-coordinator/7";
        ResourceModel model = ResourceModel.read(Plain.class).model();
        String link = runtime().link(model, "", Map.of(), LraId.parse(lra)).orElseThrow();
        String callback = link.substring(1, link.indexOf('>'));

        assertThat(runtime()
                        .plainCallbacks()
                        .call(new PlainCallbacks.Request(
                                "PUT", callback, Optional.of(lra), Optional.empty(), Optional.empty(), ""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_parameter_of_any_counts() throws Exception {
        System.clearProperty(URL_OF_SERVER);
        start(new Started("/rooms", getClass().getClassLoader())).parameters.put(URL_OF_SERVER, "https://by.parameter");
        start(new Started("/pages", ClassLoader.getPlatformClassLoader()));

        assertThat(runtime().base()).contains("https://by.parameter/rooms/api");
    }

    private ParticipantRuntime runtime() {
        return container.select(ApplicationRuntime.class).get().whoeverServes();
    }

    private Started start(Started application) {
        container
                .getBeanManager()
                .getEvent()
                .select(Object.class, Initialized.Literal.APPLICATION)
                .fire(application.context());
        return application;
    }

    /** A web application that has started. */
    private static final class Started {
        private final Map<String, String> parameters = new HashMap<>();
        private final Map<Object, Object> attributes = new HashMap<>();
        private final String path;
        private final ClassLoader loader;

        Started(String path, ClassLoader loader) {
            this.path = path;
            this.loader = loader;
        }

        ServletContext context() {
            return (ServletContext) Proxy.newProxyInstance(
                    SeveralWebApplicationsTest.class.getClassLoader(),
                    new Class<?>[] {ServletContext.class},
                    (proxy, method, arguments) -> answer(method.getName(), arguments));
        }

        private @Nullable Object answer(String method, Object[] arguments) {
            return switch (method) {
                case "getClassLoader" -> loader;
                case "getContextPath" -> path;
                case "getInitParameter" -> parameters.get((String) arguments[0]);
                case "getAttribute" -> attributes.get(arguments[0]);
                case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                case "addFilter" -> null;
                default -> throw new UnsupportedOperationException(method);
            };
        }
    }
}
