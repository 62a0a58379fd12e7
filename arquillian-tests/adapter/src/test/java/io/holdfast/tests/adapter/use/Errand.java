package io.holdfast.tests.adapter.use;

import io.holdfast.tests.adapter.app.Wish;
import java.net.URI;

/** What a caller is asked to do, as a timer and a message carry it. */
public record Errand(String key, URI services, Wish wish) {
    private static final String SEPARATOR = " ";

    static Errand of(String text) {
        String[] parts = text.split(SEPARATOR, 3);
        return new Errand(parts[0], URI.create(parts[1]), Wish.valueOf(parts[2]));
    }

    String text() {
        return String.join(SEPARATOR, key, services.toString(), wish.name());
    }
}
