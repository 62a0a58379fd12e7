package io.holdfast.engine.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineMessageTest {
    @Test
    void every_message_is_listed_in_the_docs_with_its_text() throws IOException {
        String listed = Files.readString(Path.of("../../docs/messages.md"));
        assertThat(Stream.of(EngineMessage.values())).allSatisfy(message -> assertThat(listed)
                .contains("| " + message.id() + " | " + message.pattern() + " |"));
    }

    @Test
    void arguments_are_put_in() {
        assertThat(EngineMessage.LOG_IN_USE.text("/data", "node 4711"))
                .isEqualTo("HFENG003 The log directory /data is in use by node 4711");
    }
}
