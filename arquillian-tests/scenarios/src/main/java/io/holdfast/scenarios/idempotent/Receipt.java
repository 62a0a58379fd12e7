package io.holdfast.scenarios.idempotent;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the shop gets, with values of many kinds, since a repeated call must get them all back. */
public record Receipt(
        UUID id,
        BigDecimal amount,
        Instant at,
        LocalDate due,
        Duration grace,
        Kind kind,
        List<Line> lines,
        Optional<String> note,
        Map<String, Integer> quantities) {
    /** How it was paid. */
    public enum Kind {
        CARD,
        TRANSFER
    }

    /** One item. */
    public record Line(String item, int position) {}
}
