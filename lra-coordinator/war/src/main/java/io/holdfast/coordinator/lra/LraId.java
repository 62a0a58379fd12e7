package io.holdfast.coordinator.lra;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.TransactionId;

/**
 * The id of an LRA, which is a URL: the coordinator's base, a slash, and the id that the engine knows.
 *
 * @param base without a slash at its end
 */
public record LraId(String base, TransactionId uid) {

    /**
     * The engine's id in what a client sent: the id alone, or the whole URL of the LRA.
     *
     * @throws UnknownLraException if it cannot be the id of an LRA
     */
    public static TransactionId uidIn(String text) {
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query);
        String last = path.substring(path.lastIndexOf('/') + 1);
        try {
            return new TransactionId(last);
        } catch (IllegalArgumentException notAnId) {
            throw new UnknownLraException(
                    "There is no LRA '" + Bounds.shown(text) + "'; an id has 1 to 64 characters of A-Z a-z 0-9 _ -");
        }
    }

    /** @throws UnknownLraException if it cannot be the id of a participant */
    public static ParticipantId participantIn(String text) {
        try {
            return new ParticipantId(text);
        } catch (IllegalArgumentException notAnId) {
            throw new UnknownLraException("There is no participant '" + Bounds.shown(text)
                    + "'; an id has 1 to 64 characters of A-Z a-z 0-9 _ -");
        }
    }

    /** Where the participant can look up and change its addresses. */
    public String recoveryUrl(ParticipantId participant) {
        return base + "/recovery/" + uid + "/" + participant;
    }

    @Override
    public String toString() {
        return base + "/" + uid;
    }
}
