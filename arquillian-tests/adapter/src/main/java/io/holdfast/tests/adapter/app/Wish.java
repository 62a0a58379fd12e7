package io.holdfast.tests.adapter.app;

/** How an entry's transaction is to end. */
public enum Wish {
    COMMIT,
    ROLLBACK
}
