package io.holdfast.coordinator.lra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.TransactionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LraIdTest {
    private static final String BASE = "http://h:8080/lra-coordinator/lra-coordinator";

    @Test
    void an_id_is_a_url_below_the_coordinator() {
        LraId id = new LraId(BASE, new TransactionId("abc"), null);

        assertThat(id).hasToString(BASE + "/abc");
        assertThat(id.recoveryUrl(new ParticipantId("p1"))).isEqualTo(BASE + "/recovery/abc/p1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                BASE + "/abc",
                BASE + "/abc?ParentLRA=http%3A%2F%2Fx%2Fy",
                "http://other/lra-coordinator/abc"
            })
    void an_id_is_found_in_whatever_form_a_client_sends_it(String text) {
        assertThat(LraId.uidIn(text)).isEqualTo(new TransactionId("abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../x/", "{}", "a\u0000", "%2e", "a.b"})
    void what_cannot_be_an_id_is_unknown(String text) {
        assertThatThrownBy(() -> LraId.uidIn(text)).isInstanceOf(UnknownLraException.class);
        assertThatThrownBy(() -> LraId.participantIn(text)).isInstanceOf(UnknownLraException.class);
    }

    @Test
    void an_id_that_is_too_long_is_unknown() {
        assertThatThrownBy(() -> LraId.uidIn("a".repeat(65))).isInstanceOf(UnknownLraException.class);
    }

    @Test
    void the_origin_keeps_the_base_and_a_client_id_with_line_breaks() {
        Origin origin = new Origin(BASE, null, "client\nwith two lines");

        assertThat(Origin.parse(origin.toText())).isEqualTo(origin);
    }
}
