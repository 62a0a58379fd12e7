package io.holdfast.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorLogTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    @Test
    void who_did_what_and_why_is_one_line_also_for_the_next_run() {
        new OperatorLog(directory).add(NOW, "ada", "resolve 1", "paid\nby hand");
        OperatorLog next = new OperatorLog(directory);
        next.add(NOW, "ada", "resolve 2", "likewise");

        assertThat(next.last(10))
                .containsExactly(
                        "2026-01-01T00:00:00Z\tada\tresolve 1\tpaid by hand",
                        "2026-01-01T00:00:00Z\tada\tresolve 2\tlikewise");
        assertThat(next.last(1)).hasSize(1).first().asString().contains("resolve 2");
    }

    @Test
    void what_cannot_be_noted_is_refused_with_the_file() throws IOException {
        Files.createDirectory(directory.resolve("operators.txt"));

        assertThatThrownBy(() -> new OperatorLog(directory).add(NOW, "ada", "resolve 1", "because"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("operators.txt");
    }

    @Test
    void what_is_noted_after_a_line_that_a_crash_has_cut_off_is_a_line_of_its_own() throws IOException {
        Files.writeString(directory.resolve("operators.txt"), "2026-01-01T00:00:00Z\tbob\tresolve 1\tbec");
        OperatorLog log = new OperatorLog(directory);

        log.add(NOW, "ada", "resolve 2", "paid");
        log.add(NOW, "ada", "resolve 3", "likewise");

        assertThat(log.last(10))
                .containsExactly(
                        "2026-01-01T00:00:00Z\tbob\tresolve 1\tbec",
                        "2026-01-01T00:00:00Z\tada\tresolve 2\tpaid",
                        "2026-01-01T00:00:00Z\tada\tresolve 3\tlikewise");
    }

    @Test
    void a_character_that_a_crash_has_cut_off_hides_no_other_line() throws IOException {
        OperatorLog log = new OperatorLog(directory);
        log.add(NOW, "ada", "resolve 1", "paid");
        byte[] torn = "2026-01-01T00:00:00Z\tbob\tresolve 2\tM\u00fc".getBytes(StandardCharsets.UTF_8);
        Files.write(
                directory.resolve("operators.txt"), Arrays.copyOf(torn, torn.length - 1), StandardOpenOption.APPEND);

        log.add(NOW, "ada", "resolve 3", "likewise");

        assertThat(log.last(10))
                .containsExactly(
                        "2026-01-01T00:00:00Z\tada\tresolve 1\tpaid",
                        "2026-01-01T00:00:00Z\tbob\tresolve 2\tM\ufffd",
                        "2026-01-01T00:00:00Z\tada\tresolve 3\tlikewise");
    }

    @Test
    void whatever_breaks_a_line_somewhere_is_a_blank() {
        OperatorLog log = new OperatorLog(directory);

        log.add(NOW, "a\r\nd\u0085a", "resolve 1", "paid\u2028by\u2029hand\0");

        assertThat(log.last(10)).containsExactly("2026-01-01T00:00:00Z\ta d a\tresolve 1\tpaid by hand");
    }
}
