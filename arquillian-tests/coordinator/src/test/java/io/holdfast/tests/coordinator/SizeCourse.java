package io.holdfast.tests.coordinator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How the heap and the log of a server went on under load. The log goes up between two checkpoints and down with each, so that single
 * sizes tell nothing: the mean over a span is compared with that over a later one, which should both hold several checkpoints.
 * Confined.
 */
final class SizeCourse {
    /** How much the mean may grow, for a part of a checkpoint's cycle that only one of the spans has, and for a load that wavers. */
    static final double TOLERANCE = 0.15;

    private static final double BYTES_PER_MB = 1 << 20;

    /**
     * What was seen at one time.
     *
     * @param ended how many LRAs had ended by then
     * @param heap the bytes of living objects, after a full collection
     * @param log the bytes of all files of the log
     */
    record Sample(Duration at, long ended, long heap, long log) {}

    /** From its begin on, without its end. */
    record Span(Duration from, Duration to) {
        private boolean contains(Sample sample) {
            return sample.at().compareTo(from) >= 0 && sample.at().compareTo(to) < 0;
        }

        @Override
        public String toString() {
            return "minutes " + minutes(from) + " to " + minutes(to);
        }

        private static String minutes(Duration time) {
            return String.format(Locale.ROOT, "%.1f", time.toSeconds() / 60.0);
        }
    }

    private final List<Sample> samples = new ArrayList<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    /** What grew by more than the tolerance from the one span to the other, and why nothing can be told if that is so. */
    List<String> complaints(Span early, Span late) {
        List<String> complaints = new ArrayList<>();
        double load = perMinute(late) / perMinute(early);
        if (Math.abs(load - 1) > TOLERANCE) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "the load was not the same, %.0f LRAs a minute in %s and %.0f in %s, so that sizes tell nothing",
                    perMinute(early),
                    early,
                    perMinute(late),
                    late));
        }
        growth("heap", Sample::heap, early, late).ifPresent(complaints::add);
        growth("log", Sample::log, early, late).ifPresent(complaints::add);
        return complaints;
    }

    private Optional<String> growth(String what, ToLongFunction<Sample> size, Span early, Span late) {
        double before = mean(size, early);
        double after = mean(size, late);
        return after <= before * (1 + TOLERANCE)
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the %s grew from %.1f MB (mean of %s) to %.1f MB (%s)",
                        what,
                        before / BYTES_PER_MB,
                        early,
                        after / BYTES_PER_MB,
                        late));
    }

    /** What was seen in the span, in one line. */
    String row(Span span) {
        return String.format(
                Locale.ROOT,
                "%s: %.0f LRAs a minute; heap mean %.1f MB; log %.1f to %.1f MB, mean %.1f",
                span,
                perMinute(span),
                mean(Sample::heap, span) / BYTES_PER_MB,
                in(span).stream().mapToLong(Sample::log).min().orElseThrow() / BYTES_PER_MB,
                in(span).stream().mapToLong(Sample::log).max().orElseThrow() / BYTES_PER_MB,
                mean(Sample::log, span) / BYTES_PER_MB);
    }

    private double mean(ToLongFunction<Sample> size, Span span) {
        return in(span).stream().mapToLong(size).average().orElseThrow();
    }

    private double perMinute(Span span) {
        List<Sample> seen = in(span);
        Sample first = seen.get(0);
        Sample last = seen.get(seen.size() - 1);
        double minutes = last.at().minus(first.at()).toMillis() / 60_000.0;
        return (last.ended() - first.ended()) / minutes;
    }

    private List<Sample> in(Span span) {
        List<Sample> seen = samples.stream().filter(span::contains).toList();
        if (seen.size() < 2) {
            throw new IllegalStateException("Only " + seen.size() + " sizes were seen in " + span);
        }
        return seen;
    }
}
