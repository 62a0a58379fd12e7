package io.holdfast.coordinator.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTargetTest {
    @Test
    void a_path_is_divided_at_its_slashes_and_one_at_its_end_does_not_count() {
        assertThat(path("")).isEmpty();
        assertThat(path("/")).isEmpty();
        assertThat(path("/start")).containsExactly("start");
        assertThat(path("/a/close/")).containsExactly("a", "close");
        assertThat(path("//close")).containsExactly("", "close");
        assertThat(path("/a//close")).containsExactly("a", "", "close");
    }

    @Test
    void an_encoded_slash_does_not_divide_and_a_plus_stays_one() {
        assertThat(path("/nested/http%3A%2F%2Fhost%2Fa+b%3Fx%3D%C3%A4/status"))
                .containsExactly("nested", "http://host/a+b?x=ä", "status");
    }

    @Test
    void what_follows_a_semicolon_is_no_part_of_the_path() {
        assertThat(path("/a;b=c/close;jsessionid=1")).containsExactly("a", "close");
    }

    @Test
    void of_a_parameter_that_is_given_twice_the_first_counts() {
        assertThat(query("ClientID=a.B%23c+d&TimeLimit=5&TimeLimit=7&flag&=x&%C3%A4="))
                .isEqualTo(Map.of("ClientID", "a.B#c d", "TimeLimit", "5", "flag", "", "", "x", "ä", ""));
        assertThat(query("a=b=c")).isEqualTo(Map.of("a", "b=c"));
    }

    @Test
    void what_is_not_encoded_properly_is_refused_by_name() {
        assertThatThrownBy(() -> RequestTarget.parse("/%ff", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("/%ff");
        assertThatThrownBy(() -> RequestTarget.parse("/", "a=%1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a=%1");
    }

    private static List<String> path(String path) {
        return RequestTarget.parse(path, null).path();
    }

    private static Map<String, String> query(String query) {
        return RequestTarget.parse("", query).query();
    }
}
