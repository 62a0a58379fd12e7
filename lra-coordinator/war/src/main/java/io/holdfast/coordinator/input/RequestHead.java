package io.holdfast.coordinator.input;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Reads and checks the head of a request, of which servers let pass what is wrong. */
public final class RequestHead {
    /** For one header with media types. */
    public static final int MAX_MEDIA_TYPE_CHARACTERS = 1_024;

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String VALUE = "(?:" + TOKEN + "|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\")";
    private static final String WEIGHT = "[qQ]=(?:0?\\.[0-9]+|0\\.?|1(?:\\.0*)?)";
    private static final String PARAMETER = "[ \\t]*;[ \\t]*(?:" + WEIGHT + "|(?![qQ]=)" + TOKEN + "=" + VALUE + ")";
    private static final String RANGE = "(" + TOKEN + "/" + TOKEN + "|\\*)(?:" + PARAMETER + ")*+";
    private static final Pattern MEDIA_RANGE = Pattern.compile(RANGE);
    private static final Pattern MEDIA_TYPE = Pattern.compile(TOKEN + "/" + TOKEN + "(?:" + PARAMETER + ")*+[ \\t]*");
    private static final Pattern MEDIA_RANGES = Pattern.compile(RANGE + "(?:[ \\t]*,[ \\t]*" + RANGE + ")*+[ \\t]*");

    private RequestHead() {}

    /** @throws InvalidInputException if it is not one media type */
    public static void checkContentType(String value) {
        check(MEDIA_TYPE, "Content-Type", "a media type", value);
    }

    /**
     * The media types of an Accept header, whatever their weights, without parameters.
     *
     * @throws InvalidInputException if it is not a list of media types with weights from 0 to 1
     */
    public static List<String> mediaRanges(String accept) {
        check(MEDIA_RANGES, "Accept", "a list of media types with q from 0 to 1", accept);
        return MEDIA_RANGE
                .matcher(accept)
                .results()
                .map(range -> range.group(1))
                .toList();
    }

    private static void check(Pattern form, String header, String expected, String value) {
        Bounds.atMost(MAX_MEDIA_TYPE_CHARACTERS, header, value);
        if (!form.matcher(value).matches()) {
            throw new InvalidInputException(header + " must be " + expected + ", not '" + Bounds.shown(value) + "'");
        }
    }

    /**
     * @param encoded a path or a query as it came
     * @throws InvalidInputException if it is not UTF-8, URL-encoded
     */
    public static void checkEncoding(String encoded) {
        if (encoded.chars().allMatch(c -> c != '%' && c < 128)) {
            return;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded(encoded)));
        } catch (CharacterCodingException | NumberFormatException wrong) {
            throw new InvalidInputException("'" + Bounds.shown(encoded) + "' is not UTF-8, URL-encoded");
        }
    }

    private static byte[] decoded(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(octet(encoded, i + 1));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** Of two hexadecimal digits and nothing else. */
    private static int octet(String encoded, int at) {
        int high = at + 1 < encoded.length() ? Character.digit(encoded.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(encoded.charAt(at + 1), 16);
        if (low < 0) {
            throw new NumberFormatException("no two digits at " + at);
        }
        return 16 * high + low;
    }
}
