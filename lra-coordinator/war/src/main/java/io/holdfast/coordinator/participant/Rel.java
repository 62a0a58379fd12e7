package io.holdfast.coordinator.participant;

import java.util.Arrays;
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

    private final String word = name().toLowerCase(Locale.ROOT);

    static Optional<Rel> of(String word) {
        return Arrays.stream(values())
                .filter(rel -> rel.word.equalsIgnoreCase(word))
                .findFirst();
    }

    /** As it stands in a Link header. */
    public String word() {
        return word;
    }
}
