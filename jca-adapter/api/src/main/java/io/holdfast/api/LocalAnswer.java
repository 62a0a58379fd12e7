package io.holdfast.api;

/** What a {@link LocalDispatcher} says of one call. */
public sealed interface LocalAnswer {
    /** The decision is carried out and durable; also when an earlier call had done that. */
    record Done() implements LocalAnswer {}

    /** Not carried out, or not known; the same call comes again later, at growing intervals. */
    record Failed(String cause) implements LocalAnswer {}

    /** Not carried out and never will be: the transaction ends as failed, and a person has to look at it. */
    record Refused(String cause) implements LocalAnswer {}
}
