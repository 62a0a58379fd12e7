package io.holdfast.coordinator.lra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.engine.state.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LraStatusTest {
    @ParameterizedTest
    @CsvSource({
        "ACTIVE,Active",
        "PREPARING,Active",
        "PREPARED,Active",
        "PRE_COMMITTED,Active",
        "CONFIRMING,Closing",
        "CONFIRMED,Closed",
        "CANCELLING,Cancelling",
        "CANCELLED,Cancelled",
        "FAILED_TO_CONFIRM,FailedToClose",
        "FAILED_TO_CANCEL,FailedToCancel"
    })
    void every_state_of_the_engine_has_one_word_of_lra(TransactionState state, String word) {
        assertThat(LraStatus.of(state).word()).isEqualTo(word);
    }

    @Test
    void a_status_is_read_by_its_word() {
        assertThat(LraStatus.parse("FailedToClose")).contains(LraStatus.FAILED_TO_CLOSE);
        assertThat(LraStatus.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "ACTIVE", "Foo"})
    void an_unknown_status_is_refused_by_name(String word) {
        assertThatThrownBy(() -> LraStatus.parse(word))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'" + word + "'");
    }
}
