package io.holdfast.sample.account;

/** How far the freeze of an amount has come. */
enum OperationState {
    FROZEN,
    DEDUCTED,
    UNFROZEN
}
