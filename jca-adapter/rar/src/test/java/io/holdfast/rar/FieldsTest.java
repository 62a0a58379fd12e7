package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private static final String[] TEXTS = {
        "", "local1", "shop/web", "a b", "a+b", "100%", "\u00e4\ud83d\ude00", "~", "*-_.", "java:global/x!Y", " ", ""
    };

    @Test
    void what_was_joined_is_split_into_the_same() {
        assertThat(Fields.split(Fields.join(TEXTS))).containsExactly(TEXTS);
    }

    /** So that a log of an earlier release is read, and one of this is by it. */
    @Test
    void each_text_is_url_encoded() {
        assertThat(Fields.join(TEXTS))
                .isEqualTo(Stream.of(TEXTS)
                        .map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8))
                        .collect(Collectors.joining(" ")));
    }
}
