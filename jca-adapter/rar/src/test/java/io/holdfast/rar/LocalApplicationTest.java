package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How the calls of one application share the server's threads; here a thread is a task that the test runs. */
class LocalApplicationTest {
    private static final int MAX_CALLS = 16;

    private record Asked(Runnable task, Consumer<Exception> refused) {}

    private final List<Asked> threads = new ArrayList<>();
    private final List<LocalCall> dispatched = new ArrayList<>();
    private LocalApplication application = answering(call -> {
        dispatched.add(call);
        return new LocalAnswer.Done();
    });

    private static LocalApplication answering(LocalDispatcher dispatcher) {
        return new LocalApplication("shop/web", dispatcher, closed -> {});
    }

    private List<CompletableFuture<Optional<LocalAnswer>>> call(int times) {
        List<CompletableFuture<Optional<LocalAnswer>>> answers = new ArrayList<>();
        for (int i = 1; i <= times; i++) {
            var call = new LocalCall(
                    new Enlisted("1", "2"),
                    new LocalParticipant("shop/web", "Account", "freeze", "long", ""),
                    Decision.CONFIRM,
                    i);
            answers.add(application.call(call, (task, refused) -> threads.add(new Asked(task, refused))));
        }
        return answers;
    }

    private static void assertDone(CompletableFuture<Optional<LocalAnswer>> answer) {
        assertThat(answer).isCompletedWithValue(Optional.of(new LocalAnswer.Done()));
    }

    @Test
    void it_takes_a_bounded_number_of_threads_and_one_of_them_goes_on_with_what_waits() {
        var answers = call(MAX_CALLS + 3);
        assertThat(threads).hasSize(MAX_CALLS);

        threads.get(0).task().run();

        assertThat(dispatched).hasSize(4);
        assertDone(answers.get(0));
        assertDone(answers.get(MAX_CALLS + 2));
        assertThat(answers.get(1)).isNotDone();
    }

    @Test
    void a_thread_that_has_ended_leaves_room_for_the_next() {
        call(MAX_CALLS);
        threads.get(0).task().run();

        call(2);

        assertThat(threads).hasSize(MAX_CALLS + 1);
    }

    @Test
    void a_dispatcher_that_fails_ends_no_thread_that_others_wait_for() {
        application = answering(call -> {
            throw new IllegalStateException("call " + call.attempt());
        });
        var answers = call(MAX_CALLS + 1);

        threads.get(0).task().run();

        assertThatThrownBy(() -> answers.get(0).join()).hasMessageContaining("call 1");
        assertThatThrownBy(() -> answers.get(MAX_CALLS).join()).hasMessageContaining("call " + (MAX_CALLS + 1));
    }

    @Test
    void what_waits_is_left_to_the_other_threads_when_one_is_refused() {
        var answers = call(MAX_CALLS + 1);

        threads.get(0).refused().accept(new RejectedExecutionException("busy"));
        assertThatThrownBy(() -> answers.get(0).join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("busy");
        assertThat(answers.get(MAX_CALLS)).isNotDone();

        threads.get(1).task().run();
        assertDone(answers.get(MAX_CALLS));
    }

    @Test
    void without_any_thread_what_waits_is_refused_too_and_later_calls_ask_again() {
        var answers = call(MAX_CALLS + 1);

        threads.forEach(asked -> asked.refused().accept(new RejectedExecutionException("busy")));

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedExceptionally());
        var later = call(1);
        threads.get(MAX_CALLS).task().run();
        assertDone(later.get(0));
    }
}
