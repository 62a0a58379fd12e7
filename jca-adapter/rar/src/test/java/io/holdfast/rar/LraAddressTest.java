package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class LraAddressTest {
    private static final URI COORDINATOR = URI.create("http://h:8080/lra-coordinator");
    private static final URI PARENT = URI.create("http://h:8080/lra-coordinator/1?ParentLRA=http%3A%2F%2Fh%2F0");
    private static final URI LRA = URI.create("http://h:8080/lra-coordinator/2?ParentLRA=http%3A%2F%2Fh%2F1");

    @Test
    void a_top_level_one_is_written_as_by_the_first_releases() {
        LraAddress intent = LraAddress.intent(COORDINATOR, "token", null);

        assertThat(intent.encode()).isEqualTo("lra1 http://h:8080/lra-coordinator token UNKNOWN -");
        assertThat(LraAddress.decode(intent.encode())).isEqualTo(intent);
        assertThat(intent.started(LRA, true).encode())
                .isEqualTo("lra1 http://h:8080/lra-coordinator token OURS " + LRA);
    }

    @Test
    void a_nested_one_keeps_its_parent_in_every_state() {
        LraAddress intent = LraAddress.intent(COORDINATOR, "token", PARENT);

        assertThat(intent.encode()).isEqualTo("lra2 http://h:8080/lra-coordinator token UNKNOWN - " + PARENT);
        LraAddress closed =
                LraAddress.decode(intent.encode()).started(LRA, true).closedEmpty();
        assertThat(LraAddress.decode(closed.encode()))
                .isEqualTo(new LraAddress(COORDINATOR, "token", LraAddress.Kind.CLOSED_EMPTY, LRA, PARENT));
        assertThat(LraAddress.isOne(closed.encode())).isTrue();
    }

    @Test
    void another_form_is_refused() {
        assertThat(LraAddress.isOne("lra3 a b")).isFalse();
        assertThatThrownBy(() -> LraAddress.decode("lra2 http://h token UNKNOWN -"))
                .hasMessageContaining("lra2 http://h token UNKNOWN -");
        assertThatThrownBy(() -> LraAddress.decode("lra1 http://h token UNKNOWN - http://h/1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
