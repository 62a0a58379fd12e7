package io.holdfast.lra.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, addresses and settings, and their bounds. */
class LraIdTest {
    private static final String BASE = "http://host:8080/lra-coordinator/lra-coordinator";

    @Test
    void an_id_is_a_coordinator_and_its_uid() throws Exception {
        LraId lra = LraId.parse(BASE + "/0_ffff7f000001_-5f:1.2");

        assertThat(lra.coordinator()).isEqualTo(CoordinatorAddress.parse(BASE));
        assertThat(lra.uid()).isEqualTo("0_ffff7f000001_-5f:1.2");
        assertThat(lra).hasToString(BASE + "/0_ffff7f000001_-5f:1.2");
    }

    @Test
    void the_query_of_a_nested_one_belongs_to_the_id_and_not_to_the_address() throws Exception {
        LraId lra = LraId.parse(BASE + "/2?ParentLRA=http%3A%2F%2Fother%2F1");

        assertThat(lra.coordinator()).isEqualTo(CoordinatorAddress.parse(BASE));
        assertThat(lra.uid()).isEqualTo("2");
        assertThat(lra.toString()).endsWith("?ParentLRA=http%3A%2F%2Fother%2F1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "/1",
                "not a url",
                "mailto:me",
                "ftp://host/c/1",
                "http:///c/1",
                "http://host",
                "http://host/c/",
                "http://host/c/.",
                "http://host/c/..",
                "http://host/c/a%2Fb",
                "http://host/c/1#part",
                "http://user@host/c/1",
                "http://host:99999/c/1",
                "http://host/c/1\r\nX: y"
            })
    void anything_else_is_refused_and_shown(String text) {
        assertThatExceptionOfType(InvalidLraIdException.class)
                .isThrownBy(() -> LraId.parse(text))
                .withMessageStartingWith("HFPAR016 '" + text.replace("\r\n", "??") + "' is not the id of an LRA: ");
    }

    @Test
    void one_of_100_kb_is_refused_and_its_beginning_is_shown() {
        assertThatExceptionOfType(InvalidLraIdException.class)
                .isThrownBy(() -> LraId.parse(BASE + "/" + "a".repeat(100_000)))
                .withMessageContaining("longer than 8192 characters")
                .matches(refused -> refused.toString().length() < 400);
    }

    @Test
    void addresses_are_the_same_however_they_are_written() {
        assertThat(CoordinatorAddress.parse("HTTP://Host:80/c/")).isEqualTo(CoordinatorAddress.parse("http://host/c"));
        assertThat(CoordinatorAddress.parse("https://host:443/c")).hasToString("https://host/c");
        assertThat(CoordinatorAddress.parse("http://host:443/c")).hasToString("http://host:443/c");
        assertThat(CoordinatorAddress.parse("http://[::1]:8080/c")).hasToString("http://[::1]:8080/c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host:8080",
                "http://",
                "http://h/c?q",
                "http://h/c#f",
                "http://u:p@h/c",
                "file:/c",
                "http://h:70000/c"
            })
    void what_is_no_address_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoordinatorAddress.parse(text))
                .withMessageContaining("not '" + text + "'");
    }

    @Test
    void an_address_has_a_bound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoordinatorAddress.parse("http://h/" + "c".repeat(1_024)))
                .withMessageContaining("at most 1024 characters");
    }

    @Test
    void settings_have_bounds() {
        CoordinatorAddress address = CoordinatorAddress.parse(BASE);
        Duration second = Duration.ofSeconds(1);

        assertThatIllegalArgumentException()
                .isThrownBy(CoordinatorSettings::of)
                .withMessage("There must be 1 to 16 coordinators, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CoordinatorSettings(List.of(address), Set.of(), Duration.ZERO, second))
                .withMessage("connectTimeout must be 10 to 600000 milliseconds, not PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CoordinatorSettings(List.of(address), Set.of(), second, Duration.ofHours(1)))
                .withMessageContaining("responseTimeout must be 10 to 600000");
    }

    @Test
    void others_can_be_trusted_besides_the_configured() {
        CoordinatorAddress address = CoordinatorAddress.parse(BASE);
        CoordinatorAddress other = CoordinatorAddress.parse("https://other/c");

        var settings =
                new CoordinatorSettings(List.of(address), Set.of(other), Duration.ofSeconds(1), Duration.ofSeconds(1));

        assertThat(settings.trusted()).containsExactlyInAnyOrder(address, other);
    }
}
