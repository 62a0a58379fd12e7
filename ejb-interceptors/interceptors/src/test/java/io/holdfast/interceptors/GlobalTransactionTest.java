package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastException;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.transaction.Status;
import java.lang.reflect.Method;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GlobalTransactionTest {
    private static final String OUTER = "http://elsewhere/7";
    private static final NestedLra NESTED = new NestedLra(FakeServer.nestedIn(OUTER), OUTER);

    private final FakeServer server = new FakeServer();
    private final GlobalTransactionFilter filter = new GlobalTransactionFilter(server);
    private final FakeCall call = new FakeCall();
    private Optional<String> incomingLra = Optional.empty();

    @Test
    void a_call_inside_a_global_transaction_carries_its_lra() {
        server.begin();
        enter(new Business(), "plain");

        call.sendThrough(filter);

        assertThat(call.lraHeaders()).containsExactly(FakeServer.LRA.toString());
        assertThat(server.asked).containsExactly("default limit");
        assertThat(server.openConnections).isZero();
    }

    @Test
    void no_lra_is_asked_for_before_the_first_call() {
        server.begin();

        enter(new Business(), "plain");

        assertThat(server.asked).isEmpty();
    }

    @Test
    void a_call_in_a_plain_jta_transaction_carries_nothing() {
        server.begin();

        call.sendThrough(filter);

        assertThat(call.lraHeaders()).isEmpty();
        assertThat(server.asked).isEmpty();
    }

    @Test
    void a_call_outside_any_transaction_carries_nothing() {
        call.sendThrough(filter);

        assertThat(call.lraHeaders()).isEmpty();
    }

    @Test
    void the_mark_does_not_outlive_its_transaction() {
        server.begin();
        enter(new Business(), "plain");

        server.begin();
        call.sendThrough(filter);

        assertThat(call.lraHeaders()).isEmpty();
    }

    @Test
    void a_call_made_while_the_transaction_ends_carries_nothing() {
        server.begin();
        enter(new Business(), "plain");

        server.status = Status.STATUS_COMMITTED;
        call.sendThrough(filter);

        assertThat(call.lraHeaders()).isEmpty();
    }

    @Test
    void a_header_that_the_caller_has_set_is_left_alone() {
        server.begin();
        enter(new Business(), "plain");

        call.header(HoldfastConnection.LRA_HEADER, "http://elsewhere/1").sendThrough(filter);

        assertThat(call.lraHeaders()).containsExactly("http://elsewhere/1");
        assertThat(server.asked).isEmpty();
    }

    @Test
    void the_limit_of_the_annotation_is_asked_for() {
        server.begin();
        enter(new Business(), "limited");

        call.sendThrough(filter);

        assertThat(server.asked).containsExactly("PT1.5S");
    }

    @Test
    void the_annotation_of_the_class_counts_for_a_method_without_one_also_in_a_subclass() {
        server.begin();
        enter(new Proxied(), "unmarked");

        call.sendThrough(filter);

        assertThat(server.asked).containsExactly("PT1M");
    }

    @Test
    void the_first_limit_of_a_transaction_stays() {
        server.begin();
        enter(new Business(), "limited");
        enter(new Business(), "plain");

        call.sendThrough(filter);

        assertThat(server.asked).containsExactly("PT1.5S");
    }

    @Test
    void a_method_without_a_transaction_is_refused_by_number_and_name() {
        assertThatThrownBy(() -> enter(new Business(), "plain"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFINT001 ")
                .hasMessageContaining(Business.class.getName() + "#plain")
                .hasMessageContaining("no transaction");
    }

    @Test
    void a_request_that_carries_an_lra_is_refused_and_the_transaction_stays_unmarked() {
        server.begin();
        incomingLra = Optional.of("http://elsewhere/7");

        assertThatThrownBy(() -> enter(new Business(), "plain"))
                .isInstanceOf(IncomingLraException.class)
                .hasMessageStartingWith("HFINT002 ")
                .hasMessageContaining("http://elsewhere/7");
        assertThat(server.resources).isEmpty();
    }

    @Test
    void a_method_that_nests_runs_in_an_lra_that_is_nested_in_its_callers() {
        server.begin();
        incomingLra = Optional.of(OUTER);

        assertThat(enter(new Business(), "nested")).contains(NESTED);
        call.sendThrough(filter);

        assertThat(server.asked).startsWith("nested in " + OUTER + ", PT2S");
        assertThat(call.lraHeaders()).containsExactly(NESTED.id());
        assertThat(call.parentHeaders()).containsExactly(OUTER);
        assertThat(server.openConnections).isZero();
    }

    @Test
    void a_call_with_a_top_level_lra_carries_no_parent() {
        server.begin();
        enter(new Business(), "plain");

        call.sendThrough(filter);

        assertThat(call.parentHeaders()).isEmpty();
    }

    @Test
    void a_method_that_nests_is_like_any_other_when_it_is_called_in_no_lra() {
        server.begin();

        assertThat(enter(new Business(), "nested")).isEmpty();
        call.sendThrough(filter);

        assertThat(server.asked).containsExactly("PT2S");
        assertThat(call.lraHeaders()).containsExactly(FakeServer.LRA.toString());
    }

    @Test
    void what_is_called_in_the_nested_lra_or_around_it_belongs_to_the_transaction() {
        server.begin();
        incomingLra = Optional.of(OUTER);
        enter(new Business(), "nested");

        assertThat(enter(new Business(), "plain")).contains(NESTED);
        incomingLra = Optional.of(NESTED.id());
        assertThat(enter(new Business(), "plain")).contains(NESTED);
        assertThat(enter(new Business(), "nested")).contains(NESTED);

        assertThat(server.asked).hasSize(1);
    }

    @Test
    void a_transaction_that_is_global_outside_of_the_lra_is_refused() {
        server.begin();
        enter(new Business(), "plain");
        incomingLra = Optional.of(OUTER);

        assertThatThrownBy(() -> enter(new Business(), "nested"))
                .isInstanceOf(IncomingLraException.class)
                .hasMessageStartingWith("HFINT111 ")
                .hasMessageContainingAll(Business.class.getName() + "#nested", OUTER, "in none");
        assertThat(server.asked).isEmpty();
    }

    @Test
    void a_transaction_that_is_nested_in_one_lra_is_refused_in_another() {
        server.begin();
        incomingLra = Optional.of(OUTER);
        enter(new Business(), "nested");
        incomingLra = Optional.of("http://elsewhere/8");

        assertThatThrownBy(() -> enter(new Business(), "nested"))
                .hasMessageStartingWith("HFINT111 ")
                .hasMessageContainingAll(OUTER, "http://elsewhere/8");
        assertThatThrownBy(() -> enter(new Business(), "plain")).hasMessageStartingWith("HFINT002 ");
    }

    @Test
    void what_is_no_id_of_an_lra_is_refused_with_the_text() {
        server.begin();
        incomingLra = Optional.of("no id");

        assertThatThrownBy(() -> enter(new Business(), "nested"))
                .isInstanceOf(IncomingLraException.class)
                .hasMessageStartingWith("HFINT110 ")
                .hasMessageContaining("'no id'");
    }

    @Test
    void a_transaction_whose_nested_lra_was_not_started_stays_unmarked() {
        server.begin();
        server.refusal = new HoldfastException("HFRAR090 another coordinator");
        incomingLra = Optional.of(OUTER);

        assertThatThrownBy(() -> enter(new Business(), "nested")).isSameAs(server.refusal);

        assertThat(server.resources).isEmpty();
        assertThat(server.openConnections).isZero();
    }

    @Test
    void the_parent_is_read_from_the_id_of_a_nested_lra() {
        assertThat(NestedLra.parentIn("http://c/2?a=b&ParentLRA=http%3A%2F%2Fc%2F1%3FParentLRA%3Dx"))
                .contains("http://c/1?ParentLRA=x");
        assertThat(NestedLra.parentIn("http://c/2")).isEmpty();
        assertThat(NestedLra.parentIn("http://c/2?ParentLRA=")).isEmpty();
        assertThat(NestedLra.parentIn("http://c/2?ParentLRA=%zz")).isEmpty();
    }

    @Test
    void the_thread_of_a_method_that_nests_is_in_the_nested_lra_meanwhile() throws Exception {
        Object seen = ThreadLra.callIn(NESTED, () -> ThreadContext.active().orElseThrow());

        assertThat(seen).isEqualTo(new ActiveLra(NESTED.id(), Optional.of(OUTER)));
        assertThat(ThreadContext.active()).isEmpty();
    }

    @Test
    void a_limit_out_of_bounds_is_refused_with_its_value() {
        server.begin();

        assertThatThrownBy(() -> enter(new Business(), "negative"))
                .hasMessageStartingWith("HFINT003 ")
                .hasMessageContaining("-1 Seconds");
        assertThatThrownBy(() -> enter(new Business(), "tooShort")).hasMessageContaining("999 Micros");
        assertThatThrownBy(() -> enter(new Business(), "tooLong")).hasMessageContaining("366 Days");
        assertThatThrownBy(() -> enter(new Business(), "inexact")).hasMessageContaining("1 Months");
        assertThatThrownBy(() -> enter(new Business(), "overflowing")).hasMessageContaining("9223372036854775807 Days");
    }

    @Test
    void the_connection_factory_is_found_under_each_of_its_names() {
        Object factory = server.jndi.remove("java:comp/env/eis/holdfast");
        for (String name : new String[] {"eis/holdfast", "java:/eis/holdfast"}) {
            server.jndi.put(name, factory);
            assertThat(ConnectionFactories.find(server)).isSameAs(factory);
            server.jndi.remove(name);
        }
    }

    @Test
    void a_missing_connection_factory_is_reported_with_the_names_tried() {
        server.begin();
        server.jndi.remove("java:comp/env/eis/holdfast");
        enter(new Business(), "plain");

        assertThatThrownBy(() -> call.sendThrough(filter))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFINT004 ")
                .hasMessageContainingAll("java:comp/env/eis/holdfast", "java:/eis/holdfast", ", eis/holdfast");
    }

    @Test
    void something_else_under_the_name_is_reported_with_its_class() {
        server.begin();
        server.jndi.put("java:comp/env/eis/holdfast", "a text");
        enter(new Business(), "plain");

        assertThatThrownBy(() -> call.sendThrough(filter))
                .hasMessageStartingWith("HFINT005 ")
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void message_numbers_are_unique() {
        assertThat(Arrays.stream(InterceptorMessage.values()).map(InterceptorMessage::number))
                .doesNotHaveDuplicates();
    }

    private Optional<NestedLra> enter(Object bean, String name) {
        return new Entry(server, () -> incomingLra).admit(bean, method(bean, name));
    }

    private static Method method(Object bean, String name) {
        return Arrays.stream(bean.getClass().getMethods())
                .filter(found -> found.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A bean with the annotation in its variants. */
    @GlobalTransaction(timeLimit = 1, timeUnit = ChronoUnit.MINUTES)
    public static class Business {
        public void unmarked() {}

        @GlobalTransaction
        public void plain() {}

        @GlobalTransaction(timeLimit = 1500, timeUnit = ChronoUnit.MILLIS)
        public void limited() {}

        @GlobalTransaction(timeLimit = 2, incoming = GlobalTransaction.Incoming.NESTED)
        public void nested() {}

        @GlobalTransaction(timeLimit = -1)
        public void negative() {}

        @GlobalTransaction(timeLimit = 999, timeUnit = ChronoUnit.MICROS)
        public void tooShort() {}

        @GlobalTransaction(timeLimit = 366, timeUnit = ChronoUnit.DAYS)
        public void tooLong() {}

        @GlobalTransaction(timeLimit = 1, timeUnit = ChronoUnit.MONTHS)
        public void inexact() {}

        @GlobalTransaction(timeLimit = Long.MAX_VALUE, timeUnit = ChronoUnit.DAYS)
        public void overflowing() {}
    }

    /** As a container sees it: a generated subclass. */
    public static class Proxied extends Business {}
}
