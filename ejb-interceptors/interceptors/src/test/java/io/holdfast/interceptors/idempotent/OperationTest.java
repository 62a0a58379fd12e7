package io.holdfast.interceptors.idempotent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import io.holdfast.interceptors.jdbc.TestDatabase;
import jakarta.jms.Message;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fails the deployment. */
class OperationTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            noKey              | it has no key
            unknownParameter   | 'ordre' is none of the parameters (order)
            unknownProperty    | its key 'order.colour'
            noGetter           | its key 'order.number.value'
            hiddenField        | has no property 'secret'
            staticField        | has no property 'count'
            className          | has no property 'class'
            emptyStep          | has no property ''
            unstable           | 'order' is a io.holdfast.interceptors.idempotent.Shop$Order, whose text does not identify it
            decimal            | 'amount' is a java.math.BigDecimal, whose text does not identify it
            noMessage          | the method has no parameter that is a jakarta.jms.Message
            noMessageId        | the method has no parameter that is a jakarta.jms.Message
            badHeader          | 'Bad Header' is not the name of a header
            noProperty         | names no property
            unstorable         | its result cannot be kept for repeated calls: [] is a java.io.InputStream
            consumedWithResult | CONSUMED_MESSAGE keeps no result
            guardedWithResult  | STATE_GUARD keeps no result
            tooPatient         | waitSeconds is 301; allowed are 1 to 300
            spaces             | the operation ' a ' must have
            noGuard            | STATE_GUARD needs a guard
            strayGuard         | it has a guard, which belongs to STATE_GUARD
            injected           | 'parcel; drop table parcel' is not the name of a table
            badColumn          | 'state = 1 or state' is not the name of a column
            noFrom             | the guard has no state in from
            loop               | the state 'SENT' is in from and in to or later
            twoKeys            | STATE_GUARD takes one key
            fixed              | a private, static or final method cannot be intercepted
            """)
    void a_mistake_is_told_with_number_class_and_method(String method, String mistake) {
        assertThatThrownBy(() -> Operation.of(Mistakes.class, Calls.method(Mistakes.class, method)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HFINT043 " + Mistakes.class.getName() + "#" + method + " is @Idempotent, but ")
                .hasMessageContaining(mistake);
    }

    @Test
    void a_path_goes_through_components_getters_and_public_fields() throws Exception {
        Key key = Operation.of(Paths.class, Calls.method(Paths.class, "send")).key();
        Parcel parcel = new Parcel(new Address());

        assertThat(key.valuesIn(new Object[] {parcel}, new FakeServer(TestDatabase.H2.empty())))
                .isEqualTo(List.of("home", "7a"));
    }

    abstract static class Paths {
        @Idempotent(key = {"parcel.to.street", "parcel.to.number"})
        abstract void send(Parcel parcel);
    }

    record Parcel(Address to) {}

    /** Not public itself. */
    @SuppressWarnings("unused")
    static class Address {
        public static int count;

        public final String street = "home";
        public final int number = 7;
        final int secret = 8;

        /** Comes before the field. */
        public String getNumber() {
            return number + "a";
        }
    }

    @Test
    void different_parts_of_a_key_never_give_the_same_text() {
        Key key = new Key("o", List.of(), List.of());
        assertThat(key.text(List.of("a|b", "c"))).isNotEqualTo(key.text(List.of("a", "b|c")));
        assertThat(key.text(List.of("a%7Cb", "c"))).isNotEqualTo(key.text(List.of("a|b", "c")));
        assertThat(key.text(List.of("a|b"))).isEqualTo("a|b");
    }

    abstract static class Mistakes {
        @Idempotent
        abstract void noKey();

        @Idempotent(key = "ordre.number")
        abstract void unknownParameter(Shop.Order order);

        @Idempotent(key = "order.colour")
        abstract void unknownProperty(Shop.Order order);

        @Idempotent(key = "order.number.value")
        abstract void noGetter(Shop.Order order);

        @Idempotent(key = "address.secret")
        abstract void hiddenField(Address address);

        @Idempotent(key = "address.count")
        abstract void staticField(Address address);

        @Idempotent(key = "order.class")
        abstract void className(Shop.Order order);

        @Idempotent(key = "order.")
        abstract void emptyStep(Shop.Order order);

        @Idempotent(key = "order")
        abstract void unstable(Shop.Order order);

        @Idempotent(key = "amount")
        abstract void decimal(BigDecimal amount);

        @Idempotent(strategy = Strategy.CONSUMED_MESSAGE)
        abstract void noMessage(String text);

        @Idempotent(key = "jms:id")
        abstract void noMessageId(String text);

        @Idempotent(key = "header:Bad Header")
        abstract void badHeader();

        @Idempotent(key = "jms:property:")
        abstract void noProperty(Message message);

        @Idempotent(key = "text")
        abstract List<InputStream> unstorable(String text);

        @Idempotent(key = "text", strategy = Strategy.CONSUMED_MESSAGE)
        abstract String consumedWithResult(String text);

        @Idempotent(key = "text", strategy = Strategy.STATE_GUARD)
        abstract String guardedWithResult(String text);

        @Idempotent(key = "text", waitSeconds = 301)
        abstract void tooPatient(String text);

        @Idempotent(key = "text", operation = " a ")
        abstract void spaces(String text);

        @Idempotent(key = "text", strategy = Strategy.STATE_GUARD)
        abstract void noGuard(String text);

        @Idempotent(key = "text", guard = @StateGuard(table = "t", id = "i", state = "s", from = "A", to = "B"))
        abstract void strayGuard(String text);

        @Idempotent(
                key = "text",
                strategy = Strategy.STATE_GUARD,
                guard = @StateGuard(table = "parcel; drop table parcel", id = "i", state = "s", from = "A", to = "B"))
        abstract void injected(String text);

        @Idempotent(
                key = "text",
                strategy = Strategy.STATE_GUARD,
                guard = @StateGuard(table = "a.t", id = "i", state = "state = 1 or state", from = "A", to = "B"))
        abstract void badColumn(String text);

        @Idempotent(
                key = "text",
                strategy = Strategy.STATE_GUARD,
                guard =
                        @StateGuard(
                                table = "t",
                                id = "i",
                                state = "s",
                                from = {},
                                to = "B"))
        abstract void noFrom(String text);

        @Idempotent(
                key = "text",
                strategy = Strategy.STATE_GUARD,
                guard = @StateGuard(table = "t", id = "i", state = "s", from = "SENT", to = "B", later = "SENT"))
        abstract void loop(String text);

        @Idempotent(
                key = {"text", "text"},
                strategy = Strategy.STATE_GUARD,
                guard = @StateGuard(table = "t", id = "i", state = "s", from = "A", to = "B"))
        abstract void twoKeys(String text);

        @Idempotent(key = "text")
        final String fixed(String text) {
            return text;
        }
    }
}
