package io.holdfast.sample.common;

import io.holdfast.sample.common.RefusedException.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as texts: more than zero, at most {@link #MOST}, at most two decimals. */
public final class Money {
    public static final BigDecimal MOST = new BigDecimal("1000000000");

    private static final int LONGEST_TEXT = 40;

    private Money() {}

    /** The amount that the text says; else a refusal that names it. */
    public static BigDecimal amount(String text) {
        BigDecimal amount = number(text);
        if (amount.signum() <= 0) {
            throw wrong(text, "must be more than zero");
        }
        if (amount.compareTo(MOST) > 0) {
            throw wrong(text, "must not be more than " + MOST.toPlainString());
        }
        if (amount.stripTrailingZeros().scale() > 2) {
            throw wrong(text, "must not have more than two decimals");
        }
        return amount.setScale(2, RoundingMode.UNNECESSARY);
    }

    public static String text(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static BigDecimal number(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw wrong(text.substring(0, LONGEST_TEXT) + "...", "is too long for a number");
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw wrong(text, "is not a number");
        }
    }

    private static RefusedException wrong(String text, String why) {
        return new RefusedException(Reason.INVALID, "amount '" + text + "' " + why);
    }
}
