package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncomingLraTest {
    private static final String LRA = "http://elsewhere/7";

    @Test
    void a_call_from_a_thread_in_an_lra_is_in_it_without_any_request() {
        ThreadContext.runIn(
                Optional.of(new ActiveLra(LRA, Optional.empty())),
                () -> assertThat(IncomingLra.ofThisCall()).contains(LRA));
    }

    /** What a compensation commits cannot be contradicted by a later cancel. */
    @Test
    void a_callback_of_an_lra_that_is_decided_is_in_none() {
        ThreadContext.runIn(
                Optional.of(new ActiveLra(LRA, Optional.empty(), true)),
                () -> assertThat(ThreadLra.undecided()).isEmpty());
    }
}
