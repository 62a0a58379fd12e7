package io.holdfast.coordinator.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain;charset=UTF-8",
                "application/json; charset=\"utf-8\"; profile=\"a\\\"b\"",
                "application/vnd.a+json "
            })
    void a_media_type_is_a_content_type(String value) {
        assertThatNoException().isThrownBy(() -> RequestHead.checkContentType(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";;;",
                "text",
                "text/",
                "/plain",
                "a/b/c",
                "text/plain;q=abc",
                "text/plain, text/html",
                "text/plain; charset=\"x",
                "ä/ö"
            })
    void anything_else_is_refused_by_name(String value) {
        assertThatThrownBy(() -> RequestHead.checkContentType(value))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Content-Type")
                .hasMessageContaining("'" + value + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/plain,application/json,text/plain",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "text/plain;q=0, application/*;q=0.5;v=1, a/b;q=1.000"
            })
    void media_types_with_weights_are_accepted(String value) {
        assertThatNoException().isThrownBy(() -> RequestHead.mediaRanges(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "*/*;q=7", "*/*;q=-1", "*/*;q=abc", "text/plain,,", "text/plain; x"})
    void other_lists_are_refused_by_name(String value) {
        assertThatThrownBy(() -> RequestHead.mediaRanges(value))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Accept");
    }

    @Test
    void a_long_list_is_refused_by_its_length() {
        assertThatThrownBy(() -> RequestHead.mediaRanges("a/b, ".repeat(100_000)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1024");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a/b;c=d", "%C3%A4", "a%2Fb", "x=y&z=%25", "+"})
    void utf_8_may_be_url_encoded(String value) {
        assertThatNoException().isThrownBy(() -> RequestHead.checkEncoding(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%C3%28", "%FF", "%", "%4", "%zz", "%-1"})
    void other_bytes_are_refused_by_name(String value) {
        assertThatThrownBy(() -> RequestHead.checkEncoding(value))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(value);
    }

    @Test
    void of_an_accept_header_the_types_count_not_what_is_quoted_in_their_parameters() {
        assertThat(RequestHead.mediaRanges("text/html;x=\"a, text/plain\";q=0.5 , application/json,*"))
                .containsExactly("text/html", "application/json", "*");
    }
}
