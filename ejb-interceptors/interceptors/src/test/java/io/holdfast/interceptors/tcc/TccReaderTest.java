package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.idempotent.Idempotent;
import jakarta.ejb.Stateful;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.Transactional;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public, as what is stored has to be. */
public class TccReaderTest {
    private static final TryNotes NO_NOTES = new TryNotes(Optional.empty(), "", false);

    public enum Currency {
        EUR,
        USD
    }

    public record Money(BigDecimal amount, Currency currency) {}

    private static TccMethod read(Class<?> bean) {
        Method attempt = Stream.of(bean.getMethods(), bean.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .filter(method -> method.getName().equals("reserve"))
                .findFirst()
                .orElseThrow();
        return TccReader.read(bean, attempt);
    }

    @Test
    void arguments_and_the_wanted_result_come_back_as_they_were() {
        TccMethod method = read(Right.class);
        Object[] arguments = {
            List.of(new Money(new BigDecimal("1.10"), Currency.EUR)), Map.of("a", Instant.EPOCH), 7L, null
        };

        String before = method.write(arguments, null, NO_NOTES);
        String after = method.write(arguments, new Money(BigDecimal.ONE, Currency.USD), NO_NOTES);

        assertThat(method.argumentsFor(method.cancel(), after)).containsExactly(arguments);
        assertThat(method.argumentsFor(method.confirm().orElseThrow(), after))
                .containsExactly(arguments[0], arguments[1], 7L, null, new Money(BigDecimal.ONE, Currency.USD));
        assertThat(method.argumentsFor(method.confirm().orElseThrow(), before)).endsWith((Object) null);
        assertThat(method.name()).endsWith("Right#reserve(java.util.List,java.util.Map,long,java.lang.String)");
    }

    @Test
    void a_primitive_result_comes_back_in_its_wrapper_and_as_null_when_there_is_none() {
        TccMethod method = read(Counted.class);
        Object[] arguments = {7};

        assertThat(method.argumentsFor(method.cancel(), method.write(arguments, 42L, NO_NOTES)))
                .containsExactly(7, 42L);
        assertThat(method.argumentsFor(method.cancel(), method.write(arguments, null, NO_NOTES)))
                .containsExactly(7, null);
    }

    @Test
    void callbacks_may_be_inherited_and_overridden() {
        TccMethod method = read(Derived.class);

        assertThat(method.bean()).isEqualTo(Derived.class);
        assertThat(method.confirm().orElseThrow().getDeclaringClass()).isEqualTo(Derived.class);
        assertThat(method.cancel().getDeclaringClass()).isEqualTo(Base.class);
        assertThat(method.wantsResult()).isFalse();
    }

    @Test
    void an_action_has_an_undo_and_nothing_to_confirm() {
        TccMethod method = read(Action.class);

        assertThat(method.kind()).isEqualTo(LocalParticipant.Kind.ACTION);
        assertThat(method.confirm()).isEmpty();
        assertThat(method.wantsResult()).isTrue();
        String stored = method.write(new Object[] {7}, "paid", NO_NOTES);
        assertThat(method.argumentsFor(method.cancel(), stored)).containsExactly(7, "paid");
    }

    @ParameterizedTest
    @CsvSource({
        "MissingUndo, its undo method 'undo' does not exist",
        "OverloadedUndo, its undo method 'undo' exists 2 times",
        "WrongUndo, its undo method 'undo' must have the parameters",
        "PrivateUndo, its undo method 'undo' is not public",
        "UndoOfItself, its undo method 'reserve' is @Compensable itself",
        "UndoThatIsTcc, its undo method 'undo' is @Tcc itself",
        "UnstorableAction, its argument 1 cannot be stored",
        "FinalAction, it is final",
        "IdempotentAction, it is @Idempotent as well",
        "PrimitiveUndo, its undo method 'undo' takes the result as the primitive long"
    })
    void what_is_wrong_with_an_action_is_said_as_well(String bean, String problem) throws Exception {
        Class<?> wrong = Class.forName(TccReaderTest.class.getName() + "$" + bean);

        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HFINT060 " + wrong.getName() + "#reserve is @Compensable, but " + problem);
    }

    @Test
    void a_method_is_one_or_the_other() {
        assertThatThrownBy(() -> read(Both.class))
                .hasMessageContaining("#reserve is @Tcc, but it is @Compensable as well");
    }

    @ParameterizedTest
    @CsvSource({
        "MissingConfirm, its confirm method 'confirm' does not exist",
        "MissingCancel, its cancel method 'cancel' does not exist",
        "Overloaded, its confirm method 'confirm' exists 2 times",
        "PrivateCallback, its cancel method 'cancel' is not public",
        "FinalCallback, its confirm method 'confirm' is final",
        "StaticCallback, its confirm method 'confirm' is static",
        "WrongParameters, its cancel method 'cancel' must have the parameters",
        "WrongResult, its confirm method 'confirm' must have the parameters",
        "WrongElements, its confirm method 'confirm' must have the parameters",
        "Unstorable, its argument 1 cannot be stored",
        "UnstorableResult, its result cannot be stored",
        "PrivateTry, it is not public",
        "FinalTry, it is final",
        "StatefulBean, the bean is stateful",
        "OwnTransactions, the bean manages its transactions itself",
        "NewTransaction, it has the transaction attribute REQUIRES_NEW",
        "OutsideTransactions, its confirm method 'confirm' has the transaction attribute NOT_SUPPORTED",
        "NewTransactionOfBean, it has the transaction attribute REQUIRES_NEW",
        "TccCallback, its cancel method 'cancel' is @Tcc itself",
        "IdempotentTry, it is @Idempotent as well",
        "AsynchronousTry, it is @jakarta.ejb.Asynchronous",
        "AsynchronousConfirm, its confirm method 'confirm' is @jakarta.enterprise.concurrent.Asynchronous",
        "AsynchronousBean, it is @jakarta.ejb.Asynchronous",
        "FutureTry, it returns a java.util.concurrent.Future",
        "StageCancel, its cancel method 'cancel' returns a java.util.concurrent.CompletionStage",
        "PrimitiveCancel, its cancel method 'cancel' takes the result as the primitive long",
        "PrimitiveConfirm, its confirm method 'confirm' takes the result as the primitive int",
        "VoidResult, its cancel method 'cancel' must have the parameters"
    })
    void what_is_wrong_is_said_with_number_class_and_method(String bean, String problem) throws Exception {
        Class<?> wrong = Class.forName(TccReaderTest.class.getName() + "$" + bean);

        assertThatThrownBy(() -> read(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HFINT060 " + wrong.getName() + "#reserve is @Tcc, but " + problem);
    }

    public static class Right {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public Money reserve(List<Money> all, Map<String, Instant> times, long number, @Nullable String text) {
            return all.get(0);
        }

        public void confirm(
                List<Money> all, Map<String, Instant> times, long number, @Nullable String text, Money result) {}

        public void cancel(List<Money> all, Map<String, Instant> times, long number, @Nullable String text) {}
    }

    public static class AsynchronousTry {
        @Tcc(confirm = "confirm", cancel = "cancel")
        @jakarta.ejb.Asynchronous
        public void reserve() {}

        public void confirm() {}

        public void cancel() {}
    }

    public static class AsynchronousConfirm {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        @jakarta.enterprise.concurrent.Asynchronous
        public void confirm() {}

        public void cancel() {}
    }

    @jakarta.ejb.Asynchronous
    public static class AsynchronousBean {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        public void confirm() {}

        public void cancel() {}
    }

    public static class FutureTry {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public Future<String> reserve() {
            return CompletableFuture.completedFuture("later");
        }

        public void confirm() {}

        public void cancel() {}
    }

    public static class StageCancel {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        public void confirm() {}

        public CompletionStage<String> cancel() {
            return CompletableFuture.completedFuture("later");
        }
    }

    public static class Counted {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public long reserve(int number) {
            return number;
        }

        public void confirm(int number, @Nullable Long result) {}

        public void cancel(int number, @Nullable Long result) {}
    }

    public static class Action {
        @Compensable(undo = "undo")
        public String reserve(int number) {
            return "paid " + number;
        }

        public void undo(int number, @Nullable String result) {}
    }

    public static class MissingUndo {
        @Compensable(undo = "undo")
        public void reserve() {}
    }

    public static class OverloadedUndo {
        @Compensable(undo = "undo")
        public void reserve(int number) {}

        public void undo(int number) {}

        public void undo(long number) {}
    }

    public static class WrongUndo {
        @Compensable(undo = "undo")
        public void reserve(int number) {}

        public void undo(String number) {}
    }

    public static class PrivateUndo {
        @Compensable(undo = "undo")
        public void reserve() {}

        @SuppressWarnings("UnusedMethod")
        private void undo() {}
    }

    public static class UndoOfItself {
        @Compensable(undo = "reserve")
        public void reserve() {}
    }

    public static class UndoThatIsTcc {
        @Compensable(undo = "undo")
        public void reserve() {}

        @Tcc(confirm = "undo", cancel = "undo")
        public void undo() {}
    }

    public static class UnstorableAction {
        @Compensable(undo = "undo")
        public void reserve(InputStream stream) {}

        public void undo(InputStream stream) {}
    }

    public static class FinalAction {
        @Compensable(undo = "undo")
        public final void reserve() {}

        public void undo() {}
    }

    public static class IdempotentAction {
        @Compensable(undo = "undo")
        @Idempotent(key = "number")
        public void reserve(int number) {}

        public void undo(int number) {}
    }

    public static class PrimitiveUndo {
        @Compensable(undo = "undo")
        public long reserve(int number) {
            return number;
        }

        public void undo(int number, long result) {}
    }

    public static class Both {
        @Tcc(confirm = "undo", cancel = "undo")
        @Compensable(undo = "undo")
        public void reserve() {}

        public void undo() {}
    }

    public static class Base {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve(int number) {}

        public void confirm(int number) {}

        public void cancel(int number) {}
    }

    public static class Derived extends Base {
        @Override
        public void confirm(int number) {}
    }

    public static class MissingConfirm {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        public void cancel() {}
    }

    public static class MissingCancel {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        public void confirm() {}
    }

    public static class Overloaded {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve(int number) {}

        public void confirm(int number) {}

        public void confirm(long number) {}

        public void cancel(int number) {}
    }

    public static class PrivateCallback {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        public void confirm() {}

        @SuppressWarnings("UnusedMethod")
        private void cancel() {}
    }

    public static class FinalCallback {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        public final void confirm() {}

        public void cancel() {}
    }

    public static class StaticCallback {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        public static void confirm() {}

        public void cancel() {}
    }

    public static class WrongParameters {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve(int number) {}

        public void confirm(int number) {}

        public void cancel() {}
    }

    public static class WrongResult {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public long reserve(int number) {
            return number;
        }

        public void confirm(int number, int result) {}

        public void cancel(int number) {}
    }

    public static class WrongElements {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve(List<String> names) {}

        public void confirm(List<Integer> names) {}

        public void cancel(List<String> names) {}
    }

    public static class Unstorable {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve(InputStream stream) {}

        public void confirm(InputStream stream) {}

        public void cancel(InputStream stream) {}
    }

    public static class UnstorableResult {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public InputStream reserve() {
            return InputStream.nullInputStream();
        }

        public void confirm(InputStream result) {}

        public void cancel() {}
    }

    public static class PrivateTry {
        @Tcc(confirm = "confirm", cancel = "cancel")
        @SuppressWarnings("UnusedMethod")
        private void reserve() {}

        public void confirm() {}

        public void cancel() {}
    }

    public static class FinalTry {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public final void reserve() {}

        public void confirm() {}

        public void cancel() {}
    }

    @Stateful
    public static class StatefulBean extends Base {}

    @TransactionManagement(TransactionManagementType.BEAN)
    public static class OwnTransactions extends Base {}

    public static class NewTransaction {
        @Tcc(confirm = "confirm", cancel = "cancel")
        @Transactional(Transactional.TxType.REQUIRES_NEW)
        public void reserve() {}

        public void confirm() {}

        public void cancel() {}
    }

    public static class OutsideTransactions {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
        public void confirm() {}

        public void cancel() {}
    }

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public static class NewTransactionOfBean {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        public void confirm() {}

        public void cancel() {}
    }

    public static class IdempotentTry {
        @Tcc(confirm = "confirm", cancel = "cancel")
        @Idempotent(key = "number")
        public String reserve(int number) {
            return "ticket " + number;
        }

        public void confirm(int number) {}

        public void cancel(int number) {}
    }

    public static class PrimitiveCancel {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public long reserve(int number) {
            return number;
        }

        public void confirm(int number) {}

        public void cancel(int number, long result) {}
    }

    public static class PrimitiveConfirm {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public int reserve(int number) {
            return number;
        }

        public void confirm(int number, int result) {}

        public void cancel(int number, @Nullable Integer result) {}
    }

    public static class VoidResult {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve(int number) {}

        public void confirm(int number) {}

        public void cancel(int number, @Nullable Void result) {}
    }

    public static class TccCallback {
        @Tcc(confirm = "confirm", cancel = "cancel")
        public void reserve() {}

        public void confirm() {}

        @Tcc(confirm = "confirm", cancel = "confirm")
        public void cancel() {}
    }
}
