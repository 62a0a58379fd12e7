package io.holdfast.tests.tcc.app;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What is stored as JSON between try and confirm. */
public record Order(String key, Ending ending, List<BigDecimal> amounts, Instant placed) {
    /** How the order's transaction ends. */
    public enum Ending {
        COMMIT,
        ROLLBACK,
        TRY_FAILS,
        FAILURE_IS_CAUGHT,
        CONFIRM_FAILS_TWICE,
        UNDO_FAILS_TWICE,
        CONFIRM_IS_REFUSED,
        TRY_IS_LONG
    }

    public static Order of(String key, Ending ending) {
        return new Order(
                key, ending, List.of(new BigDecimal("0.10"), new BigDecimal("12345678901234567.89")), Instant.EPOCH);
    }

    BigDecimal total() {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
