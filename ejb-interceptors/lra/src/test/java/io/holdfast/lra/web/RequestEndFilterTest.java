package io.holdfast.lra.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestEndFilterTest {
    private final RequestEndFilter filter = new RequestEndFilter();
    private final List<String> asked = new ArrayList<>();
    private final FilterChain entersAnLra =
            (request, response) -> ThreadContext.enter(Optional.of(new ActiveLra("http://c/1", Optional.empty())));

    private ServletRequest request(InvocationHandler isAsyncStarted) {
        return proxy(ServletRequest.class, (proxy, method, arguments) -> {
            asked.add(method.getName());
            return method.getName().equals("isAsyncStarted") ? isAsyncStarted.invoke(proxy, method, arguments) : null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(RequestEndFilterTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private final ServletResponse response = proxy(ServletResponse.class, (proxy, method, arguments) -> null);

    @Test
    void the_thread_is_out_of_the_lra_when_it_is_done_with_the_request() throws Exception {
        filter.doFilter(request((proxy, method, arguments) -> false), response, entersAnLra);

        assertThat(ThreadContext.active()).isEmpty();
        assertThat(asked).contains("getAttribute");
    }

    @Test
    void also_when_the_request_fails() {
        assertThatThrownBy(() ->
                        filter.doFilter(request((proxy, method, arguments) -> false), response, (request, answer) -> {
                            entersAnLra.doFilter(request, answer);
                            throw new ServletException("business");
                        }))
                .hasMessage("business");
        assertThat(ThreadContext.active()).isEmpty();
    }

    @Test
    void a_request_that_is_answered_later_is_not_ended_now_but_the_thread_is_out_of_the_lra() throws Exception {
        filter.doFilter(request((proxy, method, arguments) -> true), response, entersAnLra);

        assertThat(ThreadContext.active()).isEmpty();
        assertThat(asked).containsExactly("isAsyncStarted");
    }

    @Test
    void a_request_that_has_been_answered_and_cannot_be_looked_at_any_more_is_left_alone() throws Exception {
        filter.doFilter(
                request((proxy, method, arguments) -> {
                    throw new IllegalStateException("recycled");
                }),
                response,
                entersAnLra);

        assertThat(ThreadContext.active()).isEmpty();
        assertThat(asked).containsExactly("isAsyncStarted");
    }
}
