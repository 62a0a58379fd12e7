package io.holdfast.coordinator.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoordinatorMessageTest {
    @Test
    void no_id_is_used_twice() {
        assertThat(CoordinatorMessage.values())
                .extracting(CoordinatorMessage::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("HFLRA\\d{3}"));
    }

    @Test
    void every_message_is_listed_in_the_docs_with_its_text() throws IOException {
        String listed = Files.readString(Path.of("../../docs/messages.md"));

        assertThat(CoordinatorMessage.values()).allSatisfy(message -> assertThat(listed)
                .contains("| " + message.id() + " | " + message.text() + " |")
                .contains("| " + message.action() + " |"));
    }

    @ParameterizedTest
    @EnumSource
    void every_message_says_what_to_do(CoordinatorMessage message) {
        assertThat(message.text()).isNotBlank();
        assertThat(message.action()).endsWith(".");
    }

    @Test
    void a_line_begins_with_the_id() {
        assertThat(CoordinatorMessage.STOPPED.line("/data"))
                .startsWith("HFLRA002 ")
                .contains("/data");
    }
}
