package io.holdfast.lra.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ParticipantMessageTest {
    @Test
    void no_id_is_used_twice() {
        assertThat(ParticipantMessage.values())
                .extracting(ParticipantMessage::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("HFPAR\\d{3}"));
    }

    @Test
    void every_message_is_listed_in_the_docs_with_its_level_and_what_to_do() throws IOException {
        String listed = Files.readString(Path.of("../../docs/messages.md"));

        assertThat(ParticipantMessage.values()).allSatisfy(message -> assertThat(listed)
                .contains("| " + message.id() + " | " + message.text() + " | " + message.level() + " | "
                        + message.action() + " |"));
    }

    @Test
    void arguments_are_put_in_once() {
        assertThat(ParticipantMessage.WRONG_VERB.line("Shop#pay", "Complete", "{3}", "@GET"))
                .isEqualTo("HFPAR004 Shop#pay is @Complete, which is called by {3}, but it answers to @GET");
    }
}
