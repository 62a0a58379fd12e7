package io.holdfast.interceptors.jdbc;

/** A text whose type in SQL is that of the column it is compared with or put into. */
record Untyped(String text) {}
