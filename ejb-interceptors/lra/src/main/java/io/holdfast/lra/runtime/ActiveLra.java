package io.holdfast.lra.runtime;

import java.util.Optional;

/**
 * The LRA that a thread works in, which goes with its outgoing calls.
 *
 * @param id as it came, or as its coordinator gave it
 * @param parent of a nested one
 * @param isEnding whether it is decided, and the work is a callback's
 */
public record ActiveLra(String id, Optional<String> parent, boolean isEnding) {
    /** One that may still be decided either way. */
    public ActiveLra(String id, Optional<String> parent) {
        this(id, parent, false);
    }
}
