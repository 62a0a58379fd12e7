package io.holdfast.lra.runtime;

import io.holdfast.lra.model.CallbackKind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The addresses of callbacks that are no JAX-RS methods (MicroProfile LRA 2.0, "Non-JAX-RS participant methods": they must be protected). An
 * address holds for one class, one callback and one LRA, and its last part is a keyed digest of these: who has the secret makes the same
 * address again after a restart, and nobody else makes any. Thread-safe.
 */
final class CallbackTokens {
    /** What the addresses begin with below a JAX-RS application's. */
    static final String ROOT = "holdfast-lra";

    private static final String MAC = "HmacSHA256";
    private static final int CLASS_BYTES = 12;
    private static final int PARTS = 4;

    private final byte[] secret;

    CallbackTokens(byte[] secret) {
        this.secret = secret.clone();
    }

    /** What an address says. Whether it may be believed is {@link #isGenuine}'s to say. */
    record Target(String classId, CallbackKind kind, String token) {}

    String path(Class<?> type, CallbackKind kind, String lraUid) {
        String classId = classId(type);
        return "/" + ROOT + "/" + classId + "/" + kind.relation() + "/" + token(classId, kind, lraUid);
    }

    /** A name for a class that tells a stranger nothing. */
    static String classId(Class<?> type) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(type.getName().getBytes(StandardCharsets.UTF_8));
            return encoded(Arrays.copyOf(digest, CLASS_BYTES));
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private String token(String classId, CallbackKind kind, String lraUid) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            return encoded(
                    mac.doFinal((classId + "\n" + kind.relation() + "\n" + lraUid).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @param path below the application's, with or without a slash before it; empty if it is not of a callback */
    static Optional<Target> read(String path) {
        String[] parts = (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
        if (parts.length != PARTS || !parts[0].equals(ROOT)) {
            return Optional.empty();
        }
        return Stream.of(CallbackKind.values())
                .filter(kind -> kind.relation().equals(parts[2]))
                .findFirst()
                .map(kind -> new Target(parts[1], kind, parts[3]));
    }

    boolean isGenuine(Target target, String lraUid) {
        return MessageDigest.isEqual(
                token(target.classId(), target.kind(), lraUid).getBytes(StandardCharsets.UTF_8),
                target.token().getBytes(StandardCharsets.UTF_8));
    }
}
