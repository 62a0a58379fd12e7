package io.holdfast.interceptors.idempotent;

/** @param stored what the first call has kept; empty for that one itself, and when it kept nothing */
record Admission(boolean first, String stored) {
    static final Admission FIRST = new Admission(true, "");
    static final Admission REPEATED = new Admission(false, "");
}
