package io.holdfast.interceptors.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One of each kind that can be kept. */
public record Everything(
        boolean yes,
        byte small,
        short shorter,
        int number,
        long large,
        float single,
        double twice,
        char letter,
        @Nullable Long boxed,
        @Nullable String text,
        @Nullable BigDecimal decimal,
        @Nullable BigInteger big,
        @Nullable UUID uuid,
        @Nullable URI uri,
        @Nullable Instant instant,
        @Nullable LocalDate date,
        @Nullable LocalTime time,
        @Nullable LocalDateTime dateTime,
        @Nullable OffsetDateTime offset,
        @Nullable OffsetTime offsetTime,
        @Nullable ZonedDateTime zoned,
        @Nullable Duration duration,
        @Nullable Period period,
        @Nullable ZoneOffset zone,
        @Nullable Color color,
        Optional<String> maybe,
        @Nullable List<Everything> inside,
        @Nullable Set<Color> colors,
        @Nullable Map<Color, Integer> byColor,
        @Nullable Map<Integer, List<String>> byNumber,
        @Nullable Map<Long, String> byLong) {
    public enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "grass";
            }
        }
    }

    static final Everything EMPTY = new Everything(
            false,
            (byte) 0,
            (short) 0,
            0,
            0,
            0,
            0,
            'x',
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Optional.empty(),
            null,
            null,
            null,
            null,
            null);

    static final Everything FULL = new Everything(
            true,
            Byte.MIN_VALUE,
            Short.MAX_VALUE,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            Double.MIN_VALUE,
            '\u20ac',
            Long.MIN_VALUE,
            "\"\\/\n\t\u0000 ä 😀",
            new BigDecimal("123456789012345678901234567890.1200"),
            BigInteger.TWO.pow(200),
            UUID.fromString("7f9c24e8-3b1d-4c5e-9a2f-0d1e2f3a4b5c"),
            URI.create("http://127.0.0.1:8080/a?b=c"),
            Instant.parse("2026-01-02T03:04:05.123456789Z"),
            LocalDate.of(2026, 2, 28),
            LocalTime.of(23, 59, 59, 999_999_999),
            LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6),
            OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 6, ZoneOffset.ofHours(2)),
            OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-3)),
            ZonedDateTime.of(2026, 7, 2, 3, 4, 5, 0, ZoneId.of("Europe/Berlin")),
            Duration.ofSeconds(90, 5),
            Period.of(1, 2, 3),
            ZoneOffset.ofHours(5),
            Color.GREEN,
            Optional.of("there"),
            List.of(EMPTY),
            Set.of(Color.RED),
            Map.of(Color.GREEN, 3),
            Map.of(-7, List.of("a", "b")),
            Map.of(5L, "five"));
}
