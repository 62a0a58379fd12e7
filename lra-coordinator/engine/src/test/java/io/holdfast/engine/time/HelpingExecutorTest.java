package io.holdfast.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Here the other threads are a list of what they would have to do. */
class HelpingExecutorTest {
    private final List<Runnable> others = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final HelpingExecutor executor = new HelpingExecutor(others::add, failures::add);
    private final CompletableFuture<String> wanted = new CompletableFuture<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void a_thread_that_does_not_help_leaves_everything_to_the_others() {
        executor.execute(() -> done.add("task"));
        HelpingExecutor.helpUntil(wanted);

        assertThat(done).isEmpty();
        assertThat(others).hasSize(1);
        assertThat(HelpingExecutor.isHelping()).isFalse();
    }

    @Test
    void a_thread_that_helps_does_what_it_has_caused_and_what_that_causes_when_it_waits() {
        String result = executor.helping(() -> {
            executor.execute(() -> {
                done.add("force");
                executor.execute(() -> wanted.complete("durable"));
            });
            assertThat(done).isEmpty();
            assertThat(HelpingExecutor.isHelping()).isTrue();
            HelpingExecutor.helpUntil(wanted);
            return wanted.join();
        });

        assertThat(result).isEqualTo("durable");
        assertThat(done).containsExactly("force");
        assertThat(others).isEmpty();
    }

    @Test
    void the_rest_goes_to_the_others_as_soon_as_it_has_what_it_waits_for() {
        executor.helping(() -> {
            executor.execute(() -> wanted.complete("durable"));
            executor.execute(() -> done.add("somebody else's"));
            HelpingExecutor.helpUntil(wanted);
            assertThat(others).hasSize(1);
            return "";
        });

        assertThat(done).isEmpty();
    }

    @Test
    void what_it_has_not_waited_for_goes_to_the_others_even_when_the_call_fails() {
        assertThatThrownBy(() -> executor.helping(() -> {
                    executor.execute(() -> done.add("task"));
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(others).hasSize(1);
        assertThat(HelpingExecutor.isHelping()).isFalse();
    }

    @Test
    void a_task_that_fails_does_not_fail_the_call() {
        executor.helping(() -> {
            executor.execute(() -> {
                throw new IllegalStateException("of somebody else");
            });
            executor.execute(() -> wanted.complete("durable"));
            HelpingExecutor.helpUntil(wanted);
            return "";
        });

        assertThat(wanted).isCompleted();
        assertThat(failures).singleElement().asString().contains("of somebody else");
    }

    @Test
    void it_helps_one_executor_at_a_time() {
        List<Runnable> elsewhere = new ArrayList<>();
        HelpingExecutor other = new HelpingExecutor(elsewhere::add, failures::add);
        executor.helping(() -> {
            other.execute(() -> done.add("other"));
            other.helping(() -> {
                executor.execute(() -> done.add("task"));
                return "";
            });
            executor.execute(() -> wanted.complete("durable"));
            HelpingExecutor.helpUntil(wanted);
            return "";
        });

        assertThat(elsewhere).hasSize(1);
        assertThat(others).hasSize(1);
        assertThat(wanted).isCompleted();
    }
}
