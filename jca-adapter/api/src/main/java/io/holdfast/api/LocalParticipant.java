package io.holdfast.api;

/**
 * A bean of an application on this server that is told the outcome of a transaction, by the {@link LocalDispatcher} of its application.
 *
 * <p>The names are stored and nothing else, so that the application can be undeployed, changed and deployed again before it is told.
 *
 * @param application under which the application registers its dispatcher
 * @param bean the bean, in the words of the dispatcher
 * @param method what is to be confirmed or cancelled, in the words of the dispatcher
 * @param signature which of several methods of that name, in the words of the dispatcher; may be empty
 * @param data given back with the decision, usually the arguments as JSON; may be empty
 * @param kind in which order the participants of a transaction are told to cancel
 */
public record LocalParticipant(
        String application, String bean, String method, String signature, String data, Kind kind) {
    /** What the bean has done. */
    public enum Kind {
        /** It has reserved something. All reservations are given back together, the last first; one that fails holds back nobody. */
        RESERVATION,
        /**
         * It has done something for good that can be undone. Actions are undone one after the other, the last first: the next one waits until
         * the one before is undone, or a person has resolved it.
         */
        ACTION
    }

    /** A reservation. */
    public LocalParticipant(String application, String bean, String method, String signature, String data) {
        this(application, bean, method, signature, data, Kind.RESERVATION);
    }
}
