package io.holdfast.lra.client;

/** The headers of the coordinators' contract. */
final class Headers {
    static final String API_VERSION = "Narayana-LRA-API-version";
    static final String PARTICIPANT_DATA = "Narayana-LRA-Participant-Data";
    static final String RECOVERY = "Long-Running-Action-Recovery";
    static final String LOCATION = "Location";
    static final String LINK = "Link";

    private Headers() {}
}
