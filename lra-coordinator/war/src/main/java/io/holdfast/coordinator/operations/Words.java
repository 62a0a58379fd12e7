package io.holdfast.coordinator.operations;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.InvalidInputException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values of an enumeration as operators write them: separated by commas, in any case. */
final class Words {
    private Words() {}

    /** @throws InvalidInputException if one is none of these */
    static <E extends Enum<E>> Set<E> parse(String what, String words, Class<E> type, Function<E, String> word) {
        Set<E> parsed = EnumSet.noneOf(type);
        for (String each : words.split(",", -1)) {
            parsed.add(Arrays.stream(type.getEnumConstants())
                    .filter(known -> word.apply(known).equalsIgnoreCase(each.strip()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException(what + " must be of "
                            + Arrays.stream(type.getEnumConstants())
                                    .map(word)
                                    .collect(Collectors.joining(", ", "[", "]"))
                            + ", separated by commas, not '" + Bounds.shown(each) + "'")));
        }
        return parsed;
    }
}
