package io.holdfast.coordinator.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.coordinator.input.HostList;
import io.holdfast.coordinator.input.HostNotAllowedException;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.ParticipantKind;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParticipantLinksTest {
    private static final String STOCK = "<http://localhost:8080/app/res/compensate?method=jakarta.ws.rs.PUT>;"
            + " rel=\"compensate\"; title=\"compensate URI\"; type=\"text/plain\","
            + "<http://localhost:8080/app/res/complete?method=jakarta.ws.rs.PUT>;"
            + " rel=\"complete\"; title=\"a \\\"title\\\", with a comma\"; type=\"text/plain\"";

    @Test
    void the_link_of_a_stock_client_is_read_with_its_query() {
        ParticipantLinks links = ParticipantLinks.parse(STOCK);

        assertThat(links.find(Rel.COMPENSATE))
                .contains(URI.create("http://localhost:8080/app/res/compensate?method=jakarta.ws.rs.PUT"));
        assertThat(links.find(Rel.COMPLETE))
                .contains(URI.create("http://localhost:8080/app/res/complete?method=jakarta.ws.rs.PUT"));
        assertThat(links.find(Rel.STATUS)).isEmpty();
    }

    @Test
    void what_is_written_is_read_again() {
        ParticipantLinks links = ParticipantLinks.parse(STOCK);

        assertThat(ParticipantLinks.parse(links.toString())).isEqualTo(links).hasToString(links.toString());
    }

    @Test
    void order_and_titles_do_not_make_another_participant() {
        assertThat(ParticipantLinks.parse("<http://h/b>;rel=complete , <http://h/a>; title=x; rel=compensate"))
                .hasToString(ParticipantLinks.parse("<http://h/a>; rel=\"compensate\", <http://h/b>; rel=\"complete\"")
                        .toString());
    }

    @Test
    void a_comma_within_an_address_does_not_end_it() {
        assertThat(ParticipantLinks.parse("<http://h/a,b;c>; rel=compensate").find(Rel.COMPENSATE))
                .contains(URI.create("http://h/a,b;c"));
    }

    @Test
    void a_url_as_body_means_the_three_addresses_below_it() {
        ParticipantLinks links = ParticipantLinks.parseBody(" http://h:1/p/ ");

        assertThat(links.find(Rel.COMPENSATE)).contains(URI.create("http://h:1/p/compensate"));
        assertThat(links.find(Rel.COMPLETE)).contains(URI.create("http://h:1/p/complete"));
        assertThat(links.find(Rel.STATUS)).contains(URI.create("http://h:1/p/status"));
    }

    @Test
    void a_participant_with_only_after_is_a_listener() {
        assertThat(ParticipantLinks.parse("<http://h/a>; rel=after").isListenerOnly())
                .isTrue();
        assertThat(ParticipantLinks.parse("<http://h/a>; rel=after,<http://h/c>; rel=compensate")
                        .isListenerOnly())
                .isFalse();
    }

    @Test
    void forget_and_after_are_what_a_participant_wants_to_be_told() {
        ParticipantLinks both =
                ParticipantLinks.parse("<http://h/c>; rel=compensate,<http://h/f>; rel=forget,<http://h/a>; rel=after");
        ParticipantLinks listener = ParticipantLinks.parse("<http://h/a>; rel=after");

        assertThat(both.kind()).isEqualTo(ParticipantKind.ACTED);
        assertThat(both.wants()).containsExactlyInAnyOrder(Notice.FORGET, Notice.OUTCOME);
        assertThat(listener.kind()).isEqualTo(ParticipantKind.LISTENER);
        assertThat(listener.wants()).containsExactly(Notice.OUTCOME);
        assertThat(ParticipantLinks.parse("<http://h/c>; rel=compensate").wants())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "<http://h/a; rel=compensate",
                "<http://h/a>; rel=\"compensate",
                "<http://h/a>; rel=complete",
                "<http://h/a> rel=compensate",
                "<file:/etc/passwd>; rel=compensate",
                "<ftp://h/a>; rel=compensate",
                "</relative>; rel=compensate",
                "<http:///a>; rel=compensate",
                "<http://h:99999/a>; rel=compensate",
                "<http://user@h/a>; rel=compensate",
                "<http://h/a#f>; rel=compensate",
                "<http://h/a b>; rel=compensate",
                "<http://h/a>; rel=compensate,<http://h/b>; rel=compensate"
            })
    void what_is_no_participant_is_refused(String link) {
        assertThatThrownBy(() -> ParticipantLinks.parse(link)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void a_link_that_is_too_long_is_refused_with_the_bound() {
        String link = "<http://h/" + "a".repeat(8_192) + ">; rel=compensate";

        assertThatThrownBy(() -> ParticipantLinks.parse(link))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("8192");
    }

    @Test
    void a_callback_to_a_host_that_is_not_trusted_is_refused_by_name() {
        ParticipantLinks links =
                ParticipantLinks.parse("<http://localhost/c>; rel=compensate,<http://inside/c>; rel=after");

        assertThatThrownBy(() -> links.checkedAgainst(HostList.parse("")))
                .isInstanceOf(HostNotAllowedException.class)
                .hasMessageContaining("'inside'");
        assertThat(links.checkedAgainst(HostList.parse("inside"))).isSameAs(links);
    }
}
