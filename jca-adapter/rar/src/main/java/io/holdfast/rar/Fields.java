package io.holdfast.rar;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Texts that are written as one: each URL-encoded, separated by blanks. */
final class Fields {
    private static final Pattern BLANK = Pattern.compile(" ");

    private Fields() {}

    static String join(String... texts) {
        StringBuilder joined = new StringBuilder(128);
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            joined.append(i == 0 ? "" : " ")
                    .append(isPlain(text) ? text : URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
        return joined.toString();
    }

    /** The texts, or what they cannot be where it was not {@link #join} that wrote them. */
    static String[] split(String joined) {
        String[] texts = BLANK.split(joined, -1);
        for (int i = 0; i < texts.length; i++) {
            if (!isPlain(texts[i])) {
                texts[i] = URLDecoder.decode(texts[i], StandardCharsets.UTF_8);
            }
        }
        return texts;
    }

    /** Whether encoding would leave it as it is. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean letterOrDigit =
                    (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
            if (!letterOrDigit && each != '.' && each != '-' && each != '_' && each != '*') {
                return false;
            }
        }
        return true;
    }
}
