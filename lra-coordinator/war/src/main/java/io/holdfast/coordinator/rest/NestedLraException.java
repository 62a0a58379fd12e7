package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.input.Bounds;

/** A nested LRA was asked for, which this version does not have. */
final class NestedLraException extends RuntimeException {
    NestedLraException(String parent) {
        super("Nested LRAs (ParentLRA=" + Bounds.shown(parent)
                + ") are not supported by this version of the coordinator");
    }
}
