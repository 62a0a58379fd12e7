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
    void the_id_of_a_nested_lra_names_its_parent() {
        LraId id = new LraId("http://h/l", new TransactionId("inner"), "http://h/l/outer");

        assertThat(id).hasToString("http://h/l/inner?ParentLRA=http%3A%2F%2Fh%2Fl%2Fouter");
        assertThat(id.address()).isEqualTo("http://h/l/inner");
        assertThat(id.recoveryUrl(new ParticipantId("p1"))).isEqualTo("http://h/l/recovery/inner/p1");
        assertThat(LraId.uidIn(id.toString())).isEqualTo(id.uid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "http://h/l/abc",
                "http%3A%2F%2Fh%2Fl%2Fabc",
                "http://h/l/abc?ParentLRA=http%3A%2F%2Fh%2Fl%2Fouter",
                "https%3a%2f%2fh%2fl%2fabc%3FParentLRA%3Dhttp%253A%252F%252Fh%252Fl%252Fouter"
            })
    void a_parent_is_found_encoded_once_or_twice(String text) {
        assertThat(LraId.parentUidIn(text)).isEqualTo(new TransactionId("abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http%3A%2", "http%3A%zz", "http%3A%2F%2F", "x y", "?"})
    void what_cannot_be_a_parent_is_unknown(String text) {
        assertThatThrownBy(() -> LraId.parentUidIn(text)).isInstanceOf(UnknownLraException.class);
    }

    @Test
    void the_origin_keeps_the_parent_and_a_log_without_parents_is_read() {
        Origin origin = new Origin(BASE, BASE + "/outer", "client with a blank");

        assertThat(Origin.parse(origin.toText())).isEqualTo(origin);
        assertThat(Origin.parse(BASE + "\nclient with a blank"))
                .isEqualTo(new Origin(BASE, null, "client with a blank"));
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
