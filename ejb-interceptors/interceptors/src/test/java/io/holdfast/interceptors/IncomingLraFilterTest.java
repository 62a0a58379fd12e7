package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncomingLraFilterTest {
    private static final String LRA = "http://elsewhere/7";

    private final List<String> noted = new ArrayList<>();
    private final IncomingLraFilter filter = new IncomingLraFilter(noted::add);

    @Test
    void the_lra_of_the_header_is_noted() {
        filter.filter(request(Map.of(HoldfastConnection.LRA_HEADER, LRA)));

        assertThat(noted).containsExactly(LRA);
    }

    @Test
    void the_lra_of_the_thread_is_noted_where_holdfast_lra_has_taken_the_header_away() {
        ThreadContext.runIn(Optional.of(new ActiveLra(LRA, Optional.empty())), () -> filter.filter(request(Map.of())));

        assertThat(noted).containsExactly(LRA);
    }

    @Test
    void a_request_without_an_lra_leaves_no_note() {
        filter.filter(request(Map.of()));
        filter.filter(request(Map.of(HoldfastConnection.LRA_HEADER, " ")));

        assertThat(noted).isEmpty();
    }

    /** A request that has headers and nothing else. */
    private ContainerRequestContext request(Map<String, String> headers) {
        return (ContainerRequestContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ContainerRequestContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getHeaderString")) {
                        return headers.get((String) arguments[0]);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
