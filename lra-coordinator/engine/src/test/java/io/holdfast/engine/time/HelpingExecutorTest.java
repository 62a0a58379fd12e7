package io.holdfast.engine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Here the other threads are a list of what they would have to do. */
class HelpingExecutorTest {
    private final List<Runnable> others = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final HelpingExecutor executor = new HelpingExecutor(others::add, failures::add);
    private final CompletableFuture<String> wanted = new CompletableFuture<>();
    private final List<String> done = new ArrayList<>();

    private void forItself(Runnable task) {
        HelpingExecutor.ofThisThread(executor).execute(task);
    }

    @Test
    void a_thread_that_does_not_help_leaves_everything_to_the_others() {
        forItself(() -> done.add("task"));
        HelpingExecutor.helpUntil(wanted);

        assertThat(done).isEmpty();
        assertThat(others).hasSize(1);
        assertThat(HelpingExecutor.isHelping()).isFalse();
    }

    @Test
    void a_thread_that_helps_does_what_it_has_caused_for_itself_when_it_waits() {
        String result = executor.helping(() -> {
            Executor own = HelpingExecutor.ofThisThread(executor);
            own.execute(() -> {
                done.add("force");
                own.execute(() -> wanted.complete("durable"));
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
    void a_thread_that_waits_for_nothing_does_what_it_causes_for_itself_and_leaves_the_rest_to_the_others() {
        executor.runThrough(() -> {
            done.add("answer");
            forItself(() -> {
                done.add("event");
                forItself(() -> done.add("effect"));
                executor.execute(() -> done.add("checkpoint"));
            });
            assertThat(done).containsExactly("answer");
        });

        assertThat(done).containsExactly("answer", "event", "effect");
        assertThat(others).hasSize(1);
        assertThat(HelpingExecutor.isHelping()).isFalse();
    }

    @Test
    void what_fails_in_a_thread_that_waits_for_nothing_does_not_keep_the_rest() {
        IllegalStateException broken = new IllegalStateException("broken");
        executor.runThrough(() -> {
            forItself(() -> {
                throw broken;
            });
            forItself(() -> done.add("rest"));
        });

        assertThat(failures).containsExactly(broken);
        assertThat(done).containsExactly("rest");
    }

    @Test
    void a_thread_that_waits_for_something_runs_no_more_than_the_task_itself() {
        executor.helping(() -> {
            executor.runThrough(() -> forItself(() -> done.add("event")));
            assertThat(done).isEmpty();
            return "";
        });

        assertThat(others).hasSize(1);
    }

    /** A checkpoint, a further write, the answers of others. */
    @Test
    void what_is_not_for_itself_goes_to_the_others_at_once() {
        Executor ofSomebodyElse = HelpingExecutor.ofThisThread(executor);
        executor.helping(() -> {
            forItself(() -> {
                executor.execute(() -> done.add("checkpoint"));
                ofSomebodyElse.execute(() -> done.add("answer of somebody else"));
                assertThat(others).hasSize(2);
            });
            HelpingExecutor.helpUntil(wanted);
            return "";
        });

        assertThat(failures).isEmpty();
        assertThat(done).isEmpty();
        assertThat(others).hasSize(2);
    }

    @Test
    void what_another_thread_finds_out_for_it_is_left_to_the_others() throws InterruptedException {
        executor.helping(() -> {
            Executor own = HelpingExecutor.ofThisThread(executor);
            Thread other = new Thread(() -> own.execute(() -> done.add("task")));
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            HelpingExecutor.helpUntil(wanted);
            return "";
        });

        assertThat(done).isEmpty();
        assertThat(others).hasSize(1);
    }

    @Test
    void the_rest_goes_to_the_others_as_soon_as_it_has_what_it_waits_for() {
        executor.helping(() -> {
            forItself(() -> wanted.complete("durable"));
            forItself(() -> done.add("later"));
            HelpingExecutor.helpUntil(wanted);
            assertThat(others).hasSize(1);
            return "";
        });

        assertThat(done).isEmpty();
    }

    @Test
    void what_it_has_not_waited_for_goes_to_the_others_even_when_the_call_fails() {
        assertThatThrownBy(() -> executor.helping(() -> {
                    forItself(() -> done.add("task"));
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(others).hasSize(1);
        assertThat(HelpingExecutor.isHelping()).isFalse();
    }

    @Test
    void without_other_threads_it_does_the_rest_itself_and_its_call_has_its_outcome() {
        HelpingExecutor alone = new HelpingExecutor(
                task -> {
                    throw new RejectedExecutionException("no thread");
                },
                failures::add);

        String result = alone.helping(() -> {
            HelpingExecutor.ofThisThread(alone).execute(() -> done.add("task"));
            return "committed";
        });

        assertThat(result).isEqualTo("committed");
        assertThat(done).containsExactly("task");
    }

    @Test
    void a_task_that_fails_does_not_fail_the_call() {
        executor.helping(() -> {
            forItself(() -> {
                throw new IllegalStateException("of somebody else");
            });
            forItself(() -> wanted.complete("durable"));
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
            HelpingExecutor.ofThisThread(other).execute(() -> done.add("other"));
            other.helping(() -> {
                forItself(() -> done.add("task"));
                return "";
            });
            forItself(() -> wanted.complete("durable"));
            HelpingExecutor.helpUntil(wanted);
            return "";
        });

        assertThat(elsewhere).hasSize(1);
        assertThat(others).hasSize(1);
        assertThat(wanted).isCompleted();
    }
}
