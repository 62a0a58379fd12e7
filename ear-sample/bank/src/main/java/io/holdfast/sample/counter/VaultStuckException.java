package io.holdfast.sample.counter;

import jakarta.ejb.ApplicationException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Unfreezing has failed for now and is to be repeated, unlike after a refusal, which is for good. */
@ApplicationException(rollback = true)
public class VaultStuckException extends RuntimeException {
    private static final Pattern PAYMENT = Pattern.compile(text("([A-Za-z0-9._-]+)"));

    VaultStuckException(String payment) {
        super(text(payment));
    }

    private static String text(String payment) {
        return "The vault does not open, payment " + payment + " stays frozen";
    }

    /** The payment that stays frozen, when the cause of an alarm is such an exception. */
    static Optional<String> payment(String cause) {
        return Optional.of(PAYMENT.matcher(cause)).filter(Matcher::find).map(found -> found.group(1));
    }
}
