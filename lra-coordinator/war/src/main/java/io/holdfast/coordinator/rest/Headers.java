package io.holdfast.coordinator.rest;

/** The headers of the contract. */
final class Headers {
    static final String API_VERSION = "Narayana-LRA-API-version";
    static final String PARTICIPANT_DATA = "Narayana-LRA-Participant-Data";
    static final String PARTICIPANT_LINK = "Narayana-LRA-Participant-Link";
    static final String RECOVERY = "Long-Running-Action-Recovery";
    static final String LRA = "Long-Running-Action";
    /** The token of who owns an LRA; ours alone. */
    static final String OWNER = "Holdfast-Owner";
    /** On a list that was cut off: how many it may have; ours alone. */
    static final String LIST_LIMIT = "Holdfast-List-Limit";

    private Headers() {}
}
