package io.holdfast.mutation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A rule of a module and how its source is changed so that it is broken.
 *
 * @param caughtBy the test class, below the module's package, that is expected to notice first
 * @param bySimulation whether the module's simulation has to notice too
 */
public record BrokenRule(String rule, String caughtBy, boolean bySimulation, List<Edit> edits) {
    /** One replacement. White space in {@code from} stands for any white space, so that formatting changes nothing. */
    public record Edit(String from, String to) {
        private Pattern pattern() {
            return Pattern.compile(Arrays.stream(from.strip().split("\\s+"))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("\\s*")));
        }
    }

    /** Breaks the rule in the given sources, by file; each text to be replaced must be there exactly once. */
    void breakIn(Map<String, String> sources) {
        for (Edit edit : edits) {
            List<String> places = sources.entrySet().stream()
                    .flatMap(source ->
                            edit.pattern().matcher(source.getValue()).results().map(found -> source.getKey()))
                    .toList();
            if (places.size() != 1) {
                throw new IllegalStateException("The rule \"" + rule + "\" has moved: its text is in " + places
                        + " instead of one place: " + edit.from());
            }
            sources.computeIfPresent(
                    places.get(0),
                    (file, text) -> edit.pattern().matcher(text).replaceFirst(Matcher.quoteReplacement(edit.to())));
        }
    }

    @Override
    public String toString() {
        return rule;
    }
}
