package io.holdfast.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
}
