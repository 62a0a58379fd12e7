package io.holdfast.lra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lra.LraException.Reason;
import io.holdfast.lra.cdi.ApplicationRuntime;
import io.holdfast.lra.cdi.LraExtension;
import io.holdfast.lra.rest.FakeCoordinator;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LRAs by hand, from beans of a CDI container. */
class LongRunningActionsTest {
    @ApplicationScoped
    public static class Hotel {
        @Compensate
        public void undo(URI lra) {}
    }

    @ApplicationScoped
    public static class Stranger {}

    private static final URI BASE = URI.create("http://localhost:1/shop/api/");

    private FakeCoordinator coordinator;
    private SeContainer container;
    private LongRunningActions lras;

    @BeforeEach
    void start() throws IOException {
        coordinator = new FakeCoordinator();
        System.setProperty("lra.coordinator.url", coordinator.url());
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new LraExtension())
                .addBeanClasses(
                        ApplicationRuntime.class,
                        LongRunningActions.class,
                        LraParticipantData.class,
                        Hotel.class,
                        Stranger.class)
                .initialize();
        lras = container.select(LongRunningActions.class).get();
    }

    @AfterEach
    void stop() {
        container.close();
        coordinator.close();
        System.clearProperty("lra.coordinator.url");
    }

    private void aRequestCame() {
        container.select(ApplicationRuntime.class).get().whoeverServes().base(BASE);
    }

    @Test
    void an_lra_is_started_and_closed_and_its_status_told() {
        URI lra = lras.start("night", Duration.ofSeconds(3));

        assertThat(lras.status(lra)).isEqualTo(LRAStatus.Active);
        assertThat(lras.current()).isEmpty();
        assertThat(lras.close(lra)).isEqualTo(LRAStatus.Closed);
        assertThat(coordinator.calls().get(0)).isEqualTo("start ClientID=night&TimeLimit=3000&ParentLRA=");
    }

    @Test
    void a_nested_lra_is_cancelled_alone() {
        URI parent = lras.start("night", Duration.ZERO);
        URI child = lras.startNested(parent, "hour", Duration.ZERO);

        assertThat(lras.cancel(child)).isEqualTo(LRAStatus.Cancelled);
        assertThat(lras.status(parent)).isEqualTo(LRAStatus.Active);
    }

    @Test
    void a_class_joins_and_leaves_by_the_same_link() {
        aRequestCame();
        URI lra = lras.start("night", Duration.ZERO);

        URI recovery = lras.join(lra, Hotel.class);

        assertThat(recovery.toString()).contains("/recovery/");
        assertThat(coordinator.links()).singleElement().asString().startsWith("<" + BASE + "holdfast-lra/");
        lras.leave(lra, Hotel.class);
        assertThat(coordinator.links()).isEmpty();
    }

    @Test
    void nobody_joins_before_the_applications_address_is_known() {
        URI lra = lras.start("night", Duration.ZERO);

        assertThatThrownBy(() -> lras.join(lra, Hotel.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("HFPAR026");
        assertThat(coordinator.links()).isEmpty();
    }

    @Test
    void a_class_without_callbacks_cannot_join() {
        aRequestCame();
        URI lra = lras.start("night", Duration.ZERO);

        assertThatThrownBy(() -> lras.join(lra, Stranger.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HFPAR029")
                .hasMessageContaining(Stranger.class.getName());
    }

    @Test
    void work_runs_in_an_lra_and_the_thread_is_out_of_it_afterwards() throws Exception {
        URI lra = lras.start("night", Duration.ZERO);

        assertThat(lras.callIn(lra, () -> lras.current().orElseThrow())).isEqualTo(lra);
        lras.runIn(
                lra, () -> assertThat(ThreadContext.active().orElseThrow().id()).isEqualTo(lra.toString()));
        assertThat(lras.current()).isEmpty();
    }

    @Test
    void what_cannot_be_done_says_why() {
        assertThatThrownBy(() -> lras.close(URI.create(coordinator.url() + "/unknown")))
                .isInstanceOfSatisfying(
                        LraException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_LRA));
        assertThatThrownBy(() -> lras.close(URI.create("http://elsewhere/lra-coordinator/1")))
                .isInstanceOfSatisfying(
                        LraException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNTRUSTED));
        assertThatThrownBy(() -> lras.close(URI.create("urn:x")))
                .isInstanceOfSatisfying(
                        LraException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_LRA));
        URI lra = lras.start("night", Duration.ZERO);
        lras.cancel(lra);
        assertThatThrownBy(() -> lras.close(lra)).isInstanceOfSatisfying(LraException.class, e -> assertThat(e.reason())
                .isEqualTo(Reason.REFUSED));
        assertThatThrownBy(() -> lras.start("night", Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_coordinator_that_is_not_there_has_done_nothing() {
        coordinator.close();

        assertThatThrownBy(() -> lras.start("night", Duration.ZERO))
                .isInstanceOfSatisfying(
                        LraException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_REACHED));
    }

    @Test
    void an_answer_that_makes_no_sense_leaves_it_uncertain() {
        URI lra = lras.start("night", Duration.ZERO);
        coordinator.answers("close", 200, "Perhaps");

        assertThatThrownBy(() -> lras.close(lra)).isInstanceOfSatisfying(LraException.class, e -> assertThat(e.reason())
                .isEqualTo(Reason.UNCERTAIN));
    }

    @Test
    void work_for_another_thread_is_in_the_lra_of_this_one() throws Exception {
        URI lra = URI.create("http://c/1");
        Callable<Optional<URI>> work = lras.callIn(lra, () -> lras.contextual(lras::current));
        AtomicReference<Optional<URI>> seen = new AtomicReference<>(Optional.empty());
        Runnable silent = lras.callIn(lra, () -> lras.contextualRunnable(() -> seen.set(lras.current())));

        assertThat(CompletableFuture.supplyAsync(() -> called(work)).get(20, TimeUnit.SECONDS))
                .contains(lra);
        CompletableFuture.runAsync(silent).get(20, TimeUnit.SECONDS);
        assertThat(seen.get()).contains(lra);
        assertThat(called(lras.contextual(lras::current))).isEmpty();
    }

    private static <T> T called(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
