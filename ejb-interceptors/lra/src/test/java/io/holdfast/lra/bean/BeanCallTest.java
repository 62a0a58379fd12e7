package io.holdfast.lra.bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lra.LraException;
import io.holdfast.lra.client.CoordinatorAddress;
import io.holdfast.lra.client.CoordinatorSettings;
import io.holdfast.lra.config.ParticipantSettings;
import io.holdfast.lra.messages.LoggedLines;
import io.holdfast.lra.model.ResourceModel;
import io.holdfast.lra.rest.FakeCoordinator;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.DataCell;
import io.holdfast.lra.runtime.HandTimers;
import io.holdfast.lra.runtime.ParticipantRuntime;
import io.holdfast.lra.runtime.Participants;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.jms.Message;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeanCallTest {
    private static final ResourceModel MODEL = model(Booking.class);

    private FakeCoordinator coordinator;
    private ParticipantRuntime runtime;
    private final Deque<DataCell> shown = new ArrayDeque<>();
    private final HandTimers timers = new HandTimers();
    private final List<Consumer<Boolean>> ends = new ArrayList<>();
    private final Map<String, Object> contextData = new HashMap<>();

    /** A bean without Jakarta REST. */
    public static class Booking {
        @LRA
        public void book() {}

        @LRA(end = false)
        public void hold() {}

        @LRA(value = LRA.Type.MANDATORY, cancelOn = jakarta.ws.rs.core.Response.Status.BAD_REQUEST)
        public void confirm(Object message) {}

        @LRA(
                cancelOn = jakarta.ws.rs.core.Response.Status.NOT_FOUND,
                cancelOnFamily = {})
        public void search() {}

        public void look() {}

        @Compensate
        public void undo(URI lra) {}
    }

    /** A resource, which the filters let in. */
    @Path("bookings")
    public static class Resource {
        @GET
        @LRA(LRA.Type.SUPPORTS)
        public void book() {}

        @Compensate
        public void undo(URI lra) {}
    }

    private static ResourceModel model(Class<?> type) {
        ResourceModel.Reading reading = ResourceModel.read(type);
        assertThat(reading.problems()).isEmpty();
        return reading.model();
    }

    private record OnlyBooking() implements Participants {
        @Override
        public Optional<ResourceModel> model(Class<?> type) {
            return found(type);
        }

        @Override
        public Optional<ResourceModel> found(Class<?> type) {
            return type == Booking.class ? Optional.of(MODEL) : Optional.empty();
        }

        @Override
        public Optional<Class<?>> withPlainCallbacks(String classId) {
            return Optional.empty();
        }

        @Override
        public Instance instance(Class<?> type) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void open() throws IOException {
        coordinator = new FakeCoordinator();
        runtime = runtime(Optional.of("/shop/api"));
    }

    private ParticipantRuntime runtime(Optional<String> path) {
        CoordinatorSettings coordinators = new CoordinatorSettings(
                List.of(CoordinatorAddress.parse(coordinator.url())),
                Set.of(),
                CoordinatorSettings.DEFAULT_CONNECT_TIMEOUT,
                Duration.ofSeconds(30));
        return new ParticipantRuntime(
                new ParticipantSettings(coordinators, Optional.of("http://localhost:8080"), true, Optional.empty()),
                new OnlyBooking(),
                "a secret of tests".getBytes(StandardCharsets.UTF_8),
                path,
                timers);
    }

    @AfterEach
    void close() {
        runtime.close();
        coordinator.close();
    }

    private @Nullable Object call(
            String name, Optional<JtaTransaction> transaction, Callable<@Nullable Object> work, Object... parameters)
            throws Exception {
        Method method = Arrays.stream(Booking.class.getMethods())
                .filter(each -> each.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new BeanCall(runtime, transaction, (data, inner) -> {
                    shown.add(data);
                    return inner.call();
                })
                .run(Extended.class, method, parameters, contextData, work);
    }

    /** As a container extends classes. */
    public static class Extended extends Booking {}

    private List<String> asked() {
        return coordinator.calls().stream()
                .map(call -> call.substring(0, call.indexOf(' ') < 0 ? call.length() : call.indexOf(' ')))
                .toList();
    }

    private static @Nullable Object lra() {
        return ThreadContext.active().map(ActiveLra::id).orElse("none");
    }

    @Test
    void a_bean_starts_joins_and_closes_an_lra_and_its_callback_has_an_address_of_the_application() throws Exception {
        Object seen = call("book", Optional.empty(), BeanCallTest::lra);

        assertThat(asked()).containsExactly("start", "join", "close");
        assertThat(String.valueOf(seen)).startsWith(coordinator.url());
        assertThat(coordinator.links()).singleElement().asString().contains("<http://localhost:8080/shop/api/");
        assertThat(lra()).isEqualTo("none");
    }

    @Test
    void an_exception_cancels_and_reaches_the_caller() {
        assertThatThrownBy(() -> call("book", Optional.empty(), () -> {
                    throw new IOException("no seat");
                }))
                .hasMessage("no seat");
        assertThat(asked()).containsExactly("start", "join", "cancel");
    }

    @Test
    void the_threads_lra_goes_on_and_stays_open_where_the_annotation_says_so() throws Exception {
        String callers = coordinator.activeLra();
        Object seen = ThreadContext.callIn(
                Optional.of(new ActiveLra(callers, Optional.empty())),
                () -> call("hold", Optional.empty(), BeanCallTest::lra));

        assertThat(seen).isEqualTo(callers);
        assertThat(asked()).containsExactly("join");
    }

    @Test
    void the_lra_that_a_remote_caller_sent_goes_on_unless_it_is_switched_off() throws Exception {
        String callers = coordinator.activeLra();
        contextData.put("Long-Running-Action", callers);

        assertThat(call("confirm", Optional.empty(), BeanCallTest::lra, "room 7"))
                .isEqualTo(callers);
        assertThat(asked()).startsWith("join");
        System.setProperty("holdfast.propagation.ejb", "false");
        try {
            assertThatThrownBy(() -> call("confirm", Optional.empty(), BeanCallTest::lra, "room 7"))
                    .isInstanceOf(LraException.class);
        } finally {
            System.clearProperty("holdfast.propagation.ejb");
        }
    }

    @Test
    void what_a_remote_caller_sent_and_is_no_lra_is_refused_and_the_method_does_not_run() {
        contextData.put("Long-Running-Action", "http://127.0.0.1:9/nonsense nonsense");

        assertThatThrownBy(() -> call("confirm", Optional.empty(), () -> {
                    throw new AssertionError("it ran");
                }))
                .isInstanceOf(LraException.class);
        assertThat(asked()).isEmpty();
    }

    @Test
    void in_a_jta_transaction_the_lra_ends_after_the_commit() throws Exception {
        call("book", Optional.of(ends::add), () -> "done");
        assertThat(asked()).containsExactly("start", "join");

        ends.get(0).accept(true);

        assertThat(asked()).endsWith("close");
    }

    @Test
    void a_jta_transaction_that_rolls_back_cancels_although_the_method_returned() throws Exception {
        call("book", Optional.of(ends::add), () -> "done");

        ends.get(0).accept(false);

        assertThat(asked()).endsWith("cancel");
    }

    @Test
    void a_close_that_fails_after_the_commit_is_repeated_until_the_coordinator_does_it() throws Exception {
        Object lra = call("book", Optional.of(ends::add), BeanCallTest::lra);
        coordinator.answersNext("close", 503, 500, 502);

        ends.get(0).accept(true);
        timers.runNext();
        timers.runNext();
        assertThat(coordinator.stateOf(String.valueOf(lra))).isEqualTo("Active");
        timers.runNext();

        assertThat(coordinator.stateOf(String.valueOf(lra))).isEqualTo("Closed");
        assertThat(timers.delays()).extracting(Duration::toMillis).containsExactly(500L, 1000L, 2000L);
        assertThat(timers.areIdle()).isTrue();
    }

    @Test
    void a_cancel_that_fails_after_the_rollback_is_repeated() throws Exception {
        Object lra = call("book", Optional.of(ends::add), BeanCallTest::lra);
        coordinator.answersNext("cancel", 503);

        ends.get(0).accept(false);
        timers.runNext();

        assertThat(coordinator.stateOf(String.valueOf(lra))).isEqualTo("Cancelled");
        assertThat(timers.areIdle()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410, 412})
    void an_lra_that_has_ended_meanwhile_is_not_asked_for_again(int status) throws Exception {
        call("book", Optional.of(ends::add), () -> "done");
        coordinator.answersNext("close", 503, status);

        ends.get(0).accept(true);
        timers.runNext();

        assertThat(asked()).containsExactly("start", "join", "close", "close");
        assertThat(timers.areIdle()).isTrue();
    }

    @Test
    void what_is_not_closed_when_the_application_stops_is_left_to_a_person() throws Exception {
        try (LoggedLines log = new LoggedLines()) {
            call("book", Optional.of(ends::add), () -> "done");
            call("book", Optional.of(ends::add), () -> "done");
            coordinator.answers("close", 503, "");
            ends.get(0).accept(true);

            runtime.close();
            ends.get(1).accept(true);

            assertThat(log.numbers()).containsExactly("HFPAR038", "HFPAR040", "HFPAR040");
            assertThat(timers.areIdle()).isTrue();
            assertThat(asked()).containsOnlyOnce("close");
        }
    }

    @Test
    void an_lra_that_a_message_brought_is_closed_by_a_repetition_too() throws Exception {
        String lra = coordinator.activeLra();
        call("confirm", Optional.of(ends::add), () -> null, message(lra));
        coordinator.answersNext("close", 503);

        ends.get(0).accept(true);
        timers.runNext();

        assertThat(coordinator.stateOf(lra)).isEqualTo("Closed");
    }

    @Test
    void a_caller_without_a_transaction_is_thrown_that_the_lra_could_not_be_closed() {
        coordinator.answersNext("close", 503);

        assertThatThrownBy(() -> call("book", Optional.empty(), () -> "done"))
                .isInstanceOf(LraException.class)
                .hasMessageStartingWith("HFPAR035")
                .hasMessageContaining("HFPAR020");
        assertThat(timers.areIdle()).isTrue();
    }

    @Test
    void the_stage_of_a_caller_without_a_transaction_fails_if_the_lra_could_not_be_closed() throws Exception {
        coordinator.answersNext("close", 503);

        CompletionStage<String> done = CompletableFuture.completedFuture("done");

        Object stage = call("book", Optional.empty(), () -> done);

        assertThat((CompletionStage<?>) stage)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(LraException.class);
    }

    @Test
    void a_cancel_of_which_nobody_is_told_is_repeated_without_a_transaction_too() {
        coordinator.answersNext("cancel", 503);
        assertThatThrownBy(() -> call("book", Optional.empty(), () -> {
                    throw new IOException("no seat");
                }))
                .hasMessage("no seat");

        timers.runNext();

        assertThat(asked()).containsExactly("start", "join", "cancel", "cancel");
        assertThat(timers.areIdle()).isTrue();
    }

    @Test
    void data_that_could_not_be_stored_fail_the_method_while_its_transaction_can_roll_back() {
        assertThatThrownBy(() -> call("book", Optional.of(ends::add), () -> {
                    shown.getLast().set("seat 7");
                    coordinator.answersNext("join", 503);
                    return "done";
                }))
                .isInstanceOf(LraException.class)
                .hasMessageContaining("HFPAR025");

        ends.get(0).accept(false);

        assertThat(asked()).endsWith("cancel");
    }

    @Test
    void data_are_stored_once_and_before_the_commit() throws Exception {
        call("book", Optional.of(ends::add), () -> {
            shown.getLast().set("seat 7");
            return "done";
        });
        assertThat(asked()).containsExactly("start", "join", "join");

        ends.get(0).accept(true);

        assertThat(asked()).containsExactly("start", "join", "join", "close");
    }

    @Test
    void in_a_transaction_that_can_only_roll_back_the_lra_is_cancelled_although_the_method_returned() throws Exception {
        call("book", Optional.of(new JtaTransaction.Lost()), () -> "done");

        assertThat(asked()).containsExactly("start", "join", "cancel");
    }

    @Test
    void a_transaction_that_nobody_can_wait_for_any_more_leaves_no_lra_open() {
        JtaTransaction timedOut = end -> {
            throw new IllegalStateException("timed out");
        };
        assertThatThrownBy(() -> call("book", Optional.of(timedOut), () -> {
                    throw new AssertionError("it ran");
                }))
                .hasMessage("timed out");
        assertThat(asked()).containsExactly("start", "join", "cancel");
    }

    @Test
    void who_must_come_with_an_lra_does_not_run_without_one() {
        assertThatThrownBy(() -> call(
                        "confirm",
                        Optional.empty(),
                        () -> {
                            throw new AssertionError("it ran");
                        },
                        "text"))
                .isInstanceOf(LraException.class)
                .hasMessageStartingWith("HFPAR034")
                .hasMessageContaining("Booking#confirm");
    }

    @Test
    void a_message_brings_its_lra() throws Exception {
        String lra = coordinator.activeLra();

        assertThat(call("confirm", Optional.empty(), BeanCallTest::lra, message(lra)))
                .isEqualTo(lra);
        assertThat(asked()).containsExactly("join", "close");
    }

    @Test
    void a_message_brings_none_when_that_is_switched_off() {
        Message message = message(coordinator.activeLra());
        System.setProperty("holdfast.propagation.jms", "false");
        try {
            assertThatThrownBy(() -> call("confirm", Optional.empty(), BeanCallTest::lra, message))
                    .isInstanceOf(LraException.class)
                    .hasMessageStartingWith("HFPAR034");
        } finally {
            System.clearProperty("holdfast.propagation.jms");
        }
        assertThat(asked()).isEmpty();
    }

    private static Message message(String lra) {
        return (Message) Proxy.newProxyInstance(
                Message.class.getClassLoader(),
                new Class<?>[] {Message.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getStringProperty") && arguments[0].equals("Long_Running_Action")
                                ? lra
                                : null);
    }

    @Test
    void the_status_of_an_answer_counts_as_on_a_resource() {
        String lra = coordinator.activeLra();
        assertThatThrownBy(() -> ThreadContext.callIn(
                        Optional.of(new ActiveLra(lra, Optional.empty())),
                        () -> call(
                                "confirm",
                                Optional.empty(),
                                () -> {
                                    throw new WebApplicationException(400);
                                },
                                "text")))
                .isInstanceOf(WebApplicationException.class);
        assertThat(asked()).endsWith("cancel");
    }

    @ParameterizedTest
    @CsvSource({"404, cancel", "409, close"})
    void the_status_of_a_stage_that_fails_counts_as_on_a_resource(int status, String then) throws Exception {
        CompletionStage<String> found = CompletableFuture.completedFuture("a room")
                .thenApply(room -> {
                    throw new WebApplicationException(status);
                });

        Object stage = call("search", Optional.empty(), () -> found);

        assertThat((CompletionStage<?>) stage).failsWithin(Duration.ofSeconds(10));
        assertThat(asked()).containsExactly("start", "join", then);
    }

    @Test
    void nobody_joins_before_it_is_known_where_the_application_is() {
        runtime.close();
        runtime = runtime(Optional.empty());
        assertThatThrownBy(() -> call("book", Optional.empty(), () -> {
                    throw new AssertionError("it ran");
                }))
                .isInstanceOf(LraException.class)
                .hasMessageContaining("HFPAR026");
        assertThat(asked()).containsExactly("start", "cancel");
    }

    @Test
    void only_methods_of_beans_that_are_no_resources_need_an_interceptor() throws Exception {
        assertThat(MODEL.needsInterceptor(Booking.class.getMethod("book"))).isTrue();
        assertThat(MODEL.needsInterceptor(Booking.class.getMethod("look"))).isFalse();
        assertThat(MODEL.needsInterceptor(Booking.class.getMethod("undo", URI.class)))
                .isFalse();
        assertThat(model(Resource.class).needsInterceptor(Resource.class.getMethod("book")))
                .isFalse();
    }
}
