package io.holdfast.lra.runtime;

import java.util.Optional;

/**
 * The LRA that a thread works in, which goes with its outgoing calls.
 *
 * @param id as it came, or as its coordinator gave it
 * @param parent of a nested one
 */
public record ActiveLra(String id, Optional<String> parent) {}
