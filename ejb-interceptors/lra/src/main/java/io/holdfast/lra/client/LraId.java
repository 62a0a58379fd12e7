package io.holdfast.lra.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * The id of an LRA: a URL below its coordinator's, for a nested one with the parent's id as query. That it names a coordinator does not
 * mean that this may be called.
 *
 * @param coordinator whose LRA it says it is
 * @param uid the last segment of the path
 * @param uri the whole id, as it came
 */
public record LraId(CoordinatorAddress coordinator, String uid, URI uri) {
    /** Longer ids are refused: servers bound the length of a header. */
    public static final int MAX_CHARACTERS = 8_192;

    private static final Pattern UID = Pattern.compile("[A-Za-z0-9_~:.-]{1,256}");
    private static final Pattern DOTS = Pattern.compile("\\.{1,2}");

    /** @throws InvalidLraIdException if it is not one, whatever a client sent */
    public static LraId parse(String text) throws InvalidLraIdException {
        if (text.length() > MAX_CHARACTERS) {
            throw new InvalidLraIdException(text, "it is longer than " + MAX_CHARACTERS + " characters");
        }
        try {
            return of(new URI(text));
        } catch (URISyntaxException notAUrl) {
            throw new InvalidLraIdException(text, "it is not a URL");
        }
    }

    private static LraId of(URI uri) throws InvalidLraIdException {
        String path = uri.getRawPath();
        if (path == null || uri.getRawFragment() != null) {
            throw new InvalidLraIdException(uri.toString(), "it is not an http or https URL without a fragment");
        }
        int slash = path.lastIndexOf('/');
        String uid = path.substring(slash + 1);
        if (slash < 0 || !UID.matcher(uid).matches() || DOTS.matcher(uid).matches()) {
            throw new InvalidLraIdException(
                    uri.toString(),
                    "its path does not end with a slash and 1 to 256 characters of A-Z a-z 0-9 _ ~ : . -");
        }
        try {
            String text = uri.toString();
            int end = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
            String base = text.substring(0, end - uid.length() - 1);
            return new LraId(CoordinatorAddress.parse(base), uid, uri);
        } catch (IllegalArgumentException notACoordinator) {
            throw new InvalidLraIdException(
                    uri.toString(), "what is before its last slash is not the URL of a coordinator");
        }
    }

    /** As it came. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
