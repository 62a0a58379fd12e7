package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AdapterMessageTest {
    @Test
    void no_id_is_used_twice() {
        assertThat(AdapterMessage.values()).extracting(AdapterMessage::id).doesNotHaveDuplicates();
    }

    @Test
    void every_message_is_listed_in_the_docs_with_its_text_and_what_to_do() throws IOException {
        String listed = Files.readString(Path.of("../../docs/messages.md"));
        assertThat(AdapterMessage.values()).allSatisfy(message -> assertThat(listed)
                .contains("| " + message.id() + " | " + message.pattern() + " |")
                .contains("| " + message.whatToDo() + " |"));
    }
}
