package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.json.StoredValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a call beside its arguments, since the application may be another when it is confirmed or cancelled.
 *
 * @param fence the data source of its fence, empty for none; no value in what earlier releases have written
 * @param number by which {@link Tries} know it; empty in what earlier releases have written
 * @param unproven whether its try had not ended well when this was written, and no fence knows of that
 */
record TryNotes(Optional<String> fence, String number, boolean unproven) {
    private static final String FENCE = "fence";
    private static final String NUMBER = "try";
    private static final String TRIED = "tried";
    private static final String NOT_YET = "no";

    static TryNotes of(String stored) {
        Map<String, String> notes = StoredValues.notes(stored);
        return new TryNotes(
                Optional.ofNullable(notes.get(FENCE)),
                notes.getOrDefault(NUMBER, ""),
                NOT_YET.equals(notes.get(TRIED)));
    }

    TryNotes proven() {
        return new TryNotes(fence, number, false);
    }

    Map<String, String> asMap() {
        Map<String, String> notes = new HashMap<>();
        fence.ifPresent(name -> notes.put(FENCE, name));
        if (!number.isEmpty()) {
            notes.put(NUMBER, number);
        }
        if (unproven) {
            notes.put(TRIED, NOT_YET);
        }
        return notes;
    }
}
