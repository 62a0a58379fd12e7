package io.holdfast.lra.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.lra.web.RequestEndFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.junit.jupiter.api.Test;

class ResourceCheckTest {
    private final ServletContext context = contextOf(getClass().getClassLoader());

    @Path("wrong")
    static class WithoutCallback {
        @LRA
        @PUT
        public void work() {}
    }

    @Path("right")
    static class Plain {
        @LRA
        @PUT
        public void work() {}

        @Compensate
        public void compensate(URI lra) {}
    }

    @Test
    void a_class_with_wrong_annotations_stops_the_deployment_although_it_is_no_bean() {
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> new ResourceCheck().onStartup(Set.of(WithoutCallback.class, Plain.class), context))
                .withMessageContaining("HFPAR001")
                .withMessageContaining("WithoutCallback");
        assertThat(ResourceCheck.found(context)).isEmpty();
    }

    @Test
    void what_is_right_can_be_called_back_before_its_first_request() throws ServletException {
        new ResourceCheck().onStartup(Set.of(Plain.class), context);
        assertThat(ResourceCheck.found(context)).containsExactly(Plain.class);
        assertThat(context.getAttribute("filter")).isEqualTo(RequestEndFilter.class);
    }

    @Test
    void an_application_without_such_classes_has_none() throws ServletException {
        new ResourceCheck().onStartup(null, context);
        assertThat(ResourceCheck.found(context)).isEmpty();
    }

    private static ServletContext contextOf(ClassLoader loader) {
        Map<Object, Object> attributes = new HashMap<>();
        return (ServletContext)
                Proxy.newProxyInstance(loader, new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getClassLoader" -> loader;
                        case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                        case "getAttribute" -> attributes.get(arguments[0]);
                        case "addFilter" -> {
                            attributes.put("filter", arguments[1]);
                            yield null;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }
}
