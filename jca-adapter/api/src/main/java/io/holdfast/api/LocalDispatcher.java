package io.holdfast.api;

/**
 * Takes decisions to the beans of one application. The application registers it with {@link HoldfastConnectionFactory#register}. It is
 * called by threads of the server's work manager that carry no context of the application, several at a time; what needs one wraps the
 * dispatcher by a {@code jakarta.enterprise.concurrent.ContextService}, and on Payara each call by one more, since calls at the same time
 * through one proxy share a transaction there. Thread-safe.
 */
@FunctionalInterface
public interface LocalDispatcher {
    /**
     * Tells one participant, in a transaction of its own, and returns when that has ended. An exception is an answer that is not known: the
     * same call comes again later. At least once, maybe after a restart; never twice at a time in one run of the adapter.
     */
    LocalAnswer dispatch(LocalCall call);

    /** Tells of one of its participants once for each decision and run of the adapter. Does nothing by default. */
    default void alarm(ParticipantAlarm alarm) {}
}
