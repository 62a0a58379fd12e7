package io.holdfast.rar;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an XAResource asks of the adapter that it belongs to, and of its server. Thread-safe. */
interface Surroundings {
    /** Nothing is known. */
    Surroundings NONE = new Surroundings() {
        @Override
        public @Nullable Object transaction() {
            return null;
        }

        @Override
        public Optional<Branches> running() {
            return Optional.empty();
        }
    };

    /** The JTA transaction of the calling thread, to be compared by equals; null where there is none or the server does not tell. */
    @Nullable
    Object transaction();

    /** The branches of the adapter as it runs now, perhaps started anew since; nothing while it is stopped. */
    Optional<Branches> running();
}
