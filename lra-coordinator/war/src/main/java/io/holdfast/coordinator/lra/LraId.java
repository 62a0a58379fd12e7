package io.holdfast.coordinator.lra;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.TransactionId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The id of an LRA, which is a URL: the coordinator's base, a slash, the id that the engine knows, and for a nested one the id of the
 * LRA around it.
 *
 * @param base without a slash at its end
 * @param parent the id of the LRA that it is nested in, null for a top-level one
 */
public record LraId(
        String base, TransactionId uid, @Nullable String parent) {

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

    /**
     * The engine's id in what a client sent as a parent: as it is, or URL-encoded once more than the place where it stood asked for.
     *
     * @throws UnknownLraException if it cannot be the id of an LRA
     */
    public static TransactionId parentUidIn(String text) {
        boolean encoded = text.toLowerCase(Locale.ROOT).matches("https?%3a.*");
        try {
            return uidIn(encoded ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text);
        } catch (IllegalArgumentException notEncoded) {
            throw new UnknownLraException(
                    "There is no LRA '" + Bounds.shown(text) + "': it is not URL-encoded properly");
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

    /** Where the coordinator is asked about it: the id without the parent. */
    public String address() {
        return base + "/" + uid;
    }

    @Override
    public String toString() {
        return parent == null
                ? address()
                : address() + "?ParentLRA=" + URLEncoder.encode(parent, StandardCharsets.UTF_8);
    }
}
