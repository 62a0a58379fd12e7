package io.holdfast.lra.runtime;

import java.util.Locale;

/**
 * What a thread's LRA travels over. Each is on unless the system property {@code holdfast.propagation.} with its name in lower case is {@code
 * false}; that is looked at for each call.
 */
public enum Wire {
    /** Calls of the Jakarta REST client and of MicroProfile REST clients. */
    HTTP,
    /** Tasks that another thread runs, asynchronous calls of clients among them. */
    TASKS,
    /** Calls of remote session beans, and what arrives with them. */
    EJB,
    /** Calls of web services, and what arrives with them. */
    SOAP,
    /** Calls of Dubbo services, and what arrives with them. */
    DUBBO,
    /** JMS messages that an application puts its LRA on, and what arrives with them. */
    JMS;

    private static final String PREFIX = "holdfast.propagation.";

    public boolean isOn() {
        return !"false".equalsIgnoreCase(System.getProperty(PREFIX + name().toLowerCase(Locale.ROOT)));
    }
}
