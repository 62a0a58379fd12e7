package io.holdfast.coordinator.participant;

import java.net.URI;
import java.util.Optional;

/**
 * A participant's addresses as they are stored, which is as {@link ParticipantLinks#toString()} writes them: read without the checks that
 * were made when it joined, and only the one that is asked for.
 */
record StoredLinks(String text) {
    Optional<URI> find(Rel rel) {
        int end = text.indexOf(">; rel=\"" + rel.word() + '"');
        return end < 0
                ? Optional.empty()
                : Optional.of(URI.create(text.substring(text.lastIndexOf('<', end) + 1, end)));
    }

    /** Scheme, host and port of the first address. */
    String endpoint() {
        int start = text.indexOf('<') + 1;
        int authority = text.indexOf("//", start) + 2;
        int end = authority;
        while ("/?>".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(start, end);
    }
}
