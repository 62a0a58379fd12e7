package io.holdfast.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Notification} is signed: {@code v1=} and the HMAC-SHA-256, in hexadecimal digits, of its id, a dot and its body in UTF-8. It
 * says nothing about time, since a notification may come late; who has seen its id before takes no notice of it.
 */
public final class NotificationSignature {
    /** Carries the signature. */
    public static final String HEADER = "Holdfast-Signature";

    /** The JMS property that carries the signature. */
    public static final String PROPERTY = "HoldfastSignature";

    /** The shortest secret, in bytes. */
    public static final int LEAST_SECRET_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1=";

    private NotificationSignature() {}

    /**
     * @param secret of {@value #LEAST_SECRET_BYTES} bytes or more
     * @throws HoldfastException for a shorter one (HFAPI001)
     */
    public static String of(byte[] secret, String id, String body) {
        if (secret.length < LEAST_SECRET_BYTES) {
            throw new HoldfastException("HFAPI001 A secret of " + secret.length
                    + " bytes is too short to sign with; it needs " + LEAST_SECRET_BYTES);
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return VERSION + HexFormat.of().formatHex(mac.doFinal((id + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
        }
    }

    /**
     * For receivers: returns when the notification comes from who knows the secret. Takes the same time whatever is wrong.
     *
     * @param signature the header {@value #HEADER} or the JMS property {@value #PROPERTY}; null when there is none
     * @param id the header {@code Idempotency-Key} or the JMS property {@value OutgoingMessage#ID_PROPERTY}
     * @param body as it was received
     * @throws HoldfastException when it does not (HFAPI002); then nothing of the notification may be believed
     */
    public static void check(byte[] secret, @Nullable String signature, @Nullable String id, String body) {
        byte[] expected = of(secret, id == null ? "" : id, body).getBytes(StandardCharsets.UTF_8);
        byte[] given = (signature == null ? "" : signature).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given)) {
            throw new HoldfastException("HFAPI002 The signature in the header " + HEADER + " is "
                    + (signature == null ? "missing" : "wrong")
                    + ": the notification is not from who knows the secret");
        }
    }
}
