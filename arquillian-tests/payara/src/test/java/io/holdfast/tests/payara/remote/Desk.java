package io.holdfast.tests.payara.remote;

import java.net.URI;

/** The remote interface, in both applications. */
public interface Desk {
    /**
     * The LRA that a participant behind the bean was in.
     *
     * @param lra the caller's: Payara's remote calls carry nothing of a context
     */
    String book(URI lra);

    /** What the participant was told. */
    String told();
}
