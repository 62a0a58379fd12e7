package io.holdfast.coordinator.participant;

import io.holdfast.coordinator.lra.LraId;
import io.holdfast.engine.state.Participant;
import java.util.HashMap;
import java.util.Map;

/** The headers of a request to a participant. */
final class CallbackHeaders {
    private CallbackHeaders() {}

    /** While the LRA ends. */
    static Map<String, String> ending(LraId lra, Participant participant) {
        Map<String, String> headers = common(lra, participant);
        headers.put("Long-Running-Action", lra.toString());
        return headers;
    }

    /** After the LRA has ended. */
    static Map<String, String> ended(LraId lra, Participant participant) {
        Map<String, String> headers = common(lra, participant);
        headers.put("Long-Running-Action-Ended", lra.toString());
        return headers;
    }

    private static Map<String, String> common(LraId lra, Participant participant) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Long-Running-Action-Recovery", lra.recoveryUrl(participant.id()));
        headers.put("Content-Type", "text/plain");
        String parent = lra.parent();
        if (parent != null) {
            headers.put("Long-Running-Action-Parent", parent);
        }
        if (!participant.data().isEmpty()) {
            headers.put("Narayana-LRA-Participant-Data", participant.data());
        }
        return headers;
    }
}
