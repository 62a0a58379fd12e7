package io.holdfast.sample.merchant;

/** How far a credit has come. */
enum OperationState {
    PENDING,
    CREDITED,
    DROPPED
}
