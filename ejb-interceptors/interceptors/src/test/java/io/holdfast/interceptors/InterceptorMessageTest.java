package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InterceptorMessageTest {
    @Test
    void no_number_is_used_twice() {
        assertThat(InterceptorMessage.values())
                .extracting(InterceptorMessage::number)
                .doesNotHaveDuplicates();
    }

    @Test
    void every_message_is_listed_in_the_docs_with_its_text() throws IOException {
        String listed = Files.readString(Path.of("../../docs/messages.md"));
        assertThat(InterceptorMessage.values()).allSatisfy(message -> assertThat(listed)
                .contains("| " + message.number() + " | " + message.text() + " |"));
    }
}
