package io.holdfast.lra.client;

import java.net.URI;

/**
 * What a coordinator answers to a participant that joined.
 *
 * @param recovery where the participant can tell new addresses
 * @param earlierData what it had stored when it joined the same LRA before; empty for nothing
 */
public record Enlistment(URI recovery, String earlierData) {}
