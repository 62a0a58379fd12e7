package io.holdfast.scenarios.idempotent;

import java.math.BigDecimal;
import java.util.List;

/** What a shop sends. */
public record Order(String shop, long number, BigDecimal amount, List<String> items) {}
