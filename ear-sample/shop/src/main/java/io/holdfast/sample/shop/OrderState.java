package io.holdfast.sample.shop;

/** What has become of an order. */
public enum OrderState {
    /** Created; the account centre has not answered. */
    PLACED,
    /** Debited. */
    COMPLETED,
    /** The account centre could not debit. */
    CANCELLED
}
