package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalParticipant;
import jakarta.transaction.Status;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TccCallTest {
    private final FakeAdapter server = new FakeAdapter();
    private final TccBeans beans = new TccBeans();
    private final TccMethod method = read();
    private final TryCall call = new TryCall(server, "shop/web", method, new Fences(server), new Tries(), server);

    public static class Account {
        @Tcc(confirm = "deduct", cancel = "unfreeze")
        public String freeze(long amount) {
            return "ticket " + amount;
        }

        public void deduct(long amount, String ticket) {}

        public void unfreeze(long amount) {}
    }

    private TccMethod read() {
        try {
            Method freeze = Account.class.getMethod("freeze", long.class);
            TccMethod found = TccReader.read(Account.class, freeze);
            beans.add(found);
            return found;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object freeze(Callable<@Nullable Object> attempt) throws Exception {
        return call.run(new Object[] {42L}, () -> {
            server.events.add("try");
            return attempt.call();
        });
    }

    @Test
    void it_is_stored_before_the_try_runs_in_a_transaction_of_its_own_and_its_result_after_that() throws Exception {
        server.status = Status.STATUS_ACTIVE;

        assertThat(freeze(() -> "ticket")).isEqualTo("ticket");

        assertThat(server.events)
                .containsExactly(
                        "enlisted in " + Status.STATUS_ACTIVE,
                        "own begins",
                        "try",
                        "own commits",
                        "stored {\"v\":1,\"values\":[42,\"ticket\"],\"fence\":\"\"}");
        assertThat(server.stored)
                .isEqualTo(new LocalParticipant(
                        "shop/web",
                        Account.class.getName(),
                        "freeze",
                        "(long)",
                        "{\"v\":1,\"values\":[42,null],\"fence\":\"\"}"));
        assertThat(server.status).isEqualTo(Status.STATUS_ACTIVE);
    }

    @Test
    void a_try_that_throws_rolls_its_own_transaction_back_and_leaves_the_surrounding_one_marked() {
        server.status = Status.STATUS_ACTIVE;

        assertThatThrownBy(() -> freeze(() -> {
                    throw new IOException("no money");
                }))
                .isInstanceOf(IOException.class);

        assertThat(server.events).endsWith("own begins", "try", "own rolls back");
        assertThat(server.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    }

    @Test
    void a_try_that_marks_its_own_transaction_has_failed() {
        server.status = Status.STATUS_ACTIVE;

        assertThatThrownBy(() -> freeze(() -> {
                    server.status = Status.STATUS_MARKED_ROLLBACK;
                    return "ticket";
                }))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFINT063");

        assertThat(server.events).endsWith("own rolls back");
        assertThat(server.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    }

    public static class Payments {
        @Compensable(undo = "refund", fence = false)
        public void pay(long amount) {}

        public void refund(long amount) {}
    }

    private TccMethod payment() throws NoSuchMethodException {
        TccMethod found = TccReader.read(Payments.class, Payments.class.getMethod("pay", long.class));
        beans.add(found);
        return found;
    }

    @Test
    void an_action_that_a_try_calls_belongs_to_the_transaction_around_the_try() throws Exception {
        server.status = Status.STATUS_ACTIVE;
        TryCall inner = new TryCall(server, "shop/web", payment(), new Fences(server), new Tries(), server);

        freeze(() -> inner.run(new Object[] {7L}, () -> "paid"));

        assertThat(server.events)
                .startsWith(
                        "enlisted in " + Status.STATUS_ACTIVE,
                        "own begins",
                        "try",
                        "enlisted beside p1",
                        "own begins",
                        "own commits",
                        "stored {\"v\":1,\"values\":[7],\"fence\":\"\"}",
                        "own commits");
        assertThat(server.stored).extracting(LocalParticipant::kind).isEqualTo(LocalParticipant.Kind.ACTION);
    }

    @Test
    void a_nested_action_that_fails_takes_its_caller_with_it_although_that_is_caught() throws Exception {
        server.status = Status.STATUS_ACTIVE;
        TryCall inner = new TryCall(server, "shop/web", payment(), new Fences(server), new Tries(), server);

        assertThatThrownBy(() -> freeze(() -> {
                    assertThatThrownBy(() -> inner.run(new Object[] {7L}, () -> {
                                throw new IOException("no money");
                            }))
                            .isInstanceOf(IOException.class);
                    return "ticket";
                }))
                .hasMessageStartingWith("HFINT063");
        assertThat(server.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    }

    @Test
    void an_action_is_undone_on_cancel_and_its_bean_told_nothing_on_confirm() throws Exception {
        payment();
        var participant =
                new LocalParticipant("shop/web", Payments.class.getName(), "pay", "(long)", "{\"v\":1,\"values\":[7]}");
        var dispatcher = new TccDispatcher(
                server,
                beans,
                new Fences(server),
                new Tries(),
                server,
                (tcc, callback, arguments) -> note(callback, arguments),
                alarm -> {});

        for (Decision decision : Decision.values()) {
            assertThat(dispatcher.dispatch(new LocalCall(new Enlisted("t", "p"), participant, decision, 1)))
                    .isEqualTo(new LocalAnswer.Done());
        }

        assertThat(server.events)
                .containsExactly("own begins", "own commits", "own begins", "refund [7]", "own commits");
    }

    public static class Seats {
        final List<String> events = new ArrayList<>();

        @Tcc(confirm = "take", cancel = "giveBack")
        public long reserve(long row) {
            return row;
        }

        public void take(long row) {
            events.add("take " + row);
        }

        public void giveBack(long row, @Nullable Long seat) {
            events.add("give back " + row + " " + seat);
        }
    }

    @Test
    void a_cancel_gets_null_for_a_primitive_result_that_was_never_stored() throws Exception {
        beans.add(TccReader.read(Seats.class, Seats.class.getMethod("reserve", long.class)));
        Seats seats = new Seats();
        var dispatcher = new TccDispatcher(
                server,
                beans,
                new Fences(server),
                new Tries(),
                server,
                (tcc, callback, arguments) -> callback.invoke(seats, arguments),
                alarm -> {});

        for (String data : List.of("{\"v\":1,\"values\":[42,null]}", "{\"v\":1,\"values\":[42,7]}")) {
            var participant = new LocalParticipant("shop/web", Seats.class.getName(), "reserve", "(long)", data);
            assertThat(dispatcher.dispatch(new LocalCall(new Enlisted("t", "p"), participant, Decision.CANCEL, 1)))
                    .isEqualTo(new LocalAnswer.Done());
        }

        assertThat(seats.events).containsExactly("give back 42 null", "give back 42 7");
    }

    @Test
    void without_a_transaction_nothing_is_stored_and_nothing_tried() {
        assertThatThrownBy(() -> freeze(() -> "ticket"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFINT061")
                .hasMessageContaining("Account#freeze(long)");
        assertThat(server.events).isEmpty();
    }

    private LocalAnswer decide(Decision decision, String signature, TccDispatcher.Invoker invoker) {
        var participant = new LocalParticipant(
                "shop/web", Account.class.getName(), "freeze", signature, "{\"v\":1,\"values\":[42,\"ticket\"]}");
        return new TccDispatcher(server, beans, new Fences(server), new Tries(), server, invoker, alarm -> {})
                .dispatch(new LocalCall(new Enlisted("t", "p"), participant, decision, 1));
    }

    private void note(Method callback, @Nullable Object[] arguments) {
        server.events.add(callback.getName() + " " + Arrays.toString(arguments));
    }

    @Test
    void confirm_and_cancel_get_the_arguments_and_the_result_that_they_ask_for_in_a_transaction() {
        assertThat(decide(Decision.CONFIRM, "(long)", (tcc, callback, arguments) -> note(callback, arguments)))
                .isEqualTo(new LocalAnswer.Done());
        assertThat(decide(Decision.CANCEL, "(long)", (tcc, callback, arguments) -> note(callback, arguments)))
                .isEqualTo(new LocalAnswer.Done());

        assertThat(server.events)
                .containsExactly(
                        "own begins",
                        "deduct [42, ticket]",
                        "own commits",
                        "own begins",
                        "unfreeze [42]",
                        "own commits");
    }

    @Test
    void an_exception_and_a_rollback_mark_are_repeated() {
        LocalAnswer thrown = decide(Decision.CONFIRM, "(long)", (tcc, callback, arguments) -> {
            throw new IOException("no database");
        });
        LocalAnswer marked = decide(
                Decision.CONFIRM,
                "(long)",
                (tcc, callback, arguments) -> server.status = Status.STATUS_MARKED_ROLLBACK);

        assertThat(thrown).isInstanceOf(LocalAnswer.Failed.class).asString().contains("HFINT065", "no database");
        assertThat(marked).isInstanceOf(LocalAnswer.Failed.class).asString().contains("HFINT069");
        assertThat(server.events).containsExactly("own begins", "own rolls back", "own begins", "own rolls back");
    }

    @Test
    void a_refusal_is_for_good() {
        assertThat(decide(Decision.CANCEL, "(long)", (tcc, callback, arguments) -> {
                    throw new TccRefusedException("the account is closed");
                }))
                .isEqualTo(new LocalAnswer.Refused("the account is closed"));
    }

    @Test
    void a_method_that_the_deployed_application_does_not_have_is_waited_for() {
        assertThat(decide(Decision.CONFIRM, "(int)", (tcc, callback, arguments) -> note(callback, arguments)))
                .isInstanceOf(LocalAnswer.Failed.class)
                .asString()
                .contains("HFINT064", "Account#freeze(int)");
        assertThat(server.events).isEmpty();
    }
}
