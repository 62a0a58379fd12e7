package io.holdfast.coordinator.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {
    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"0", " "})
    void nothing_and_zero_are_no_time_limit(String millis) {
        assertThat(Bounds.timeLimit(millis)).isEmpty();
    }

    @Test
    void a_time_limit_is_in_milliseconds() {
        assertThat(Bounds.timeLimit("1500")).contains(Duration.ofMillis(1500));
        assertThat(Bounds.timeLimit("3155760000000")).contains(Duration.ofDays(36_525));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "abc", "3155760000001", "99999999999999999999", "+5", "\uff11\uff12"})
    void a_bad_time_limit_is_refused_with_its_value_and_the_bound(String millis) {
        assertThatThrownBy(() -> Bounds.timeLimit(millis))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'" + millis + "'")
                .hasMessageContaining("3155760000000");
    }

    @Test
    void a_client_id_has_a_bound() {
        assertThat(Bounds.clientId("a".repeat(2048))).hasSize(2048);
        assertThatThrownBy(() -> Bounds.clientId("a".repeat(2049)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2048");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\u00e4", "a\n"})
    void an_owner_token_is_visible_ascii(String token) {
        assertThatThrownBy(() -> Bounds.owner(token)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void an_owner_token_has_a_bound() {
        assertThat(Bounds.owner("t".repeat(256))).isPresent();
        assertThatThrownBy(() -> Bounds.owner("t".repeat(257))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void data_that_no_header_can_hold_are_refused() {
        assertThat(Bounds.participantData("{\"a\":\t1}")).isEqualTo("{\"a\":\t1}");
        assertThatThrownBy(() -> Bounds.participantData("two\nlines"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("U+000A at position 3");
        assertThatThrownBy(() -> Bounds.participantData("\u20ac")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void a_body_has_a_bound() {
        assertThat(Bounds.body(null)).isEmpty();
        assertThat(Bounds.body(body(65_536))).hasSize(65_536);
        assertThatThrownBy(() -> Bounds.body(body(65_537)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("65536");
    }

    @Test
    void what_is_shown_cannot_forge_a_log_line() {
        assertThat(Bounds.shown("a\r\nb")).isEqualTo("a??b");
        assertThat(Bounds.shown("a".repeat(1000))).hasSizeLessThan(130);
    }

    @Test
    void a_body_that_breaks_off_is_bad_input() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        assertThatThrownBy(() -> Bounds.body(broken))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("65536")
                .hasMessageContaining("closed");
    }

    private static ByteArrayInputStream body(int bytes) {
        return new ByteArrayInputStream("a".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
    }
}
