package io.holdfast.coordinator.participant;

import java.util.Locale;
import java.util.Optional;

/** What a callback address of a participant is for: the link relations of the LRA protocol. */
public enum Rel {
    COMPENSATE,
    COMPLETE,
    STATUS,
    FORGET,
    LEAVE,
    AFTER;

    private static final Rel[] ALL = values();

    private final String word = name().toLowerCase(Locale.ROOT);

    static Optional<Rel> of(String word) {
        for (Rel rel : ALL) {
            if (rel.word.equalsIgnoreCase(word)) {
                return Optional.of(rel);
            }
        }
        return Optional.empty();
    }

    /** As it stands in a Link header. */
    public String word() {
        return word;
    }
}
