package io.holdfast.coordinator.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredLinksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<http://h/c>; rel=compensate",
                "<http://h/a>;rel=after",
                "<http://h:1/x?y=rel;after&z=,>; rel=\"complete\", <http://h:1/c?rel=%3Cafter%3E>; title=t; rel=compensate",
                "<http://h/all>; rel=\"compensate complete status forget leave after\"",
                "<http://[::1]:9/leave>; rel=leave, <http://[::1]:9/status>; rel=status, <http://[::1]:9/after>; rel=after"
            })
    void every_address_is_found_again(String link) {
        ParticipantLinks links = ParticipantLinks.parse(link);
        var stored = new StoredLinks(links.toString());

        for (Rel rel : Rel.values()) {
            assertThat(stored.find(rel)).as(rel.word()).isEqualTo(links.find(rel));
        }
        URI first = Arrays.stream(Rel.values())
                .flatMap(rel -> links.find(rel).stream())
                .findFirst()
                .orElseThrow();
        assertThat(stored.endpoint()).isEqualTo(first.getScheme() + "://" + first.getRawAuthority());
    }
}
