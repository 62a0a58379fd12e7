package io.holdfast.api;

/**
 * A participant as the adapter knows it: both ids are in every call to it.
 *
 * @param transaction the adapter's id of the transaction, the same for all participants of a JTA transaction
 * @param participant unique, also over restarts
 */
public record Enlisted(String transaction, String participant) {}
