package io.holdfast.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.lra.LraParticipantData;
import io.holdfast.lra.bean.LraBeanInterceptor;
import io.holdfast.lra.cdi.ApplicationRuntime;
import io.holdfast.lra.cdi.LraExtension;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Dubbo service that is a bean with {@code @LRA}. */
class LraBeanOverDubboTest {
    private static final String ROOT = "/lra-coordinator/lra-coordinator";
    private static final String COORDINATORS = "lra.coordinator.url";

    private final List<String> joins = new CopyOnWriteArrayList<>();
    private HttpServer coordinator;
    private SeContainer container;
    private DubboApplications applications;

    @ApplicationScoped
    public static class Inn implements Hotel {
        @Override
        @LRA(value = LRA.Type.MANDATORY, end = false)
        public String book() {
            return ThreadContext.active().map(ActiveLra::id).orElse(NO_LRA);
        }

        @Override
        public CompletableFuture<String> bookLater() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String bookElsewhere() {
            throw new UnsupportedOperationException();
        }

        @Compensate
        public void release(URI lra) {}
    }

    @BeforeEach
    void start() throws IOException {
        coordinator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        coordinator.createContext(ROOT, this::join);
        coordinator.start();
        System.setProperty(COORDINATORS, lra(ROOT));
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new LraExtension())
                .addBeanClasses(ApplicationRuntime.class, LraParticipantData.class, LraBeanInterceptor.class, Inn.class)
                .initialize();
        container
                .select(ApplicationRuntime.class)
                .get()
                .whoeverServes()
                .base(URI.create("http://127.0.0.1:1/inn/api/"));
        applications = new DubboApplications("tri", container.select(Inn.class).get());
    }

    private void join(HttpExchange exchange) throws IOException {
        try (exchange) {
            joins.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            String recovery = lra(ROOT + "/recovery/1/p");
            exchange.getResponseHeaders().add("Location", recovery);
            exchange.getResponseHeaders().add(LRA.LRA_HTTP_RECOVERY_HEADER, recovery);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private String lra(String path) {
        return "http://127.0.0.1:" + coordinator.getAddress().getPort() + path;
    }

    @AfterEach
    void stop() {
        System.clearProperty(COORDINATORS);
        applications.close();
        container.close();
        coordinator.stop(0);
    }

    private String bookIn(String lra) throws Exception {
        return ThreadContext.callIn(
                Optional.of(new ActiveLra(lra, Optional.empty())),
                () -> applications.hotel().book());
    }

    @Test
    void it_joins_the_lra_of_its_caller() throws Exception {
        String lra = lra(ROOT + "/1");

        assertThat(bookIn(lra)).isEqualTo(lra);
        assertThat(joins).containsExactly("PUT " + ROOT + "/1");
    }

    @Test
    void it_refuses_an_lra_of_a_coordinator_that_is_not_trusted_and_does_not_call_that() {
        assertThatThrownBy(() -> bookIn(lra("/elsewhere/1")))
                .hasMessageContaining("HFPAR034")
                .hasMessageContaining("HFPAR014");
        assertThat(joins).isEmpty();
    }

    @Test
    void it_refuses_a_call_without_an_lra_when_it_needs_one() {
        assertThatThrownBy(() -> applications.hotel().book()).hasMessageContaining("HFPAR034");
        assertThat(joins).isEmpty();
    }
}
