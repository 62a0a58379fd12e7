package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.jdbc.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What tells calls of one operation apart. Immutable. */
record Key(String operation, List<String> expressions, List<KeyPart> parts) {
    /** The longest, in characters. */
    static final int LENGTH = 512;

    /**
     * The parts of a call's key.
     *
     * @throws IdempotentException when one is null or empty
     */
    List<Object> valuesIn(@Nullable Object[] arguments, Surroundings surroundings) throws Exception {
        List<Object> values = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            Object value = parts.get(index).valueIn(arguments, surroundings);
            if (value == null || value.toString().isEmpty()) {
                throw new IdempotentException(InterceptorMessage.NO_KEY.with(operation, expressions.get(index)), null);
            }
            values.add(value);
        }
        return values;
    }

    /** One text for them; different parts never give the same. */
    String text(List<Object> values) {
        String text = joined(values);
        if (!Keys.isSound(text, LENGTH)) {
            throw new IdempotentException(InterceptorMessage.BAD_KEY.with(operation, text, LENGTH), null);
        }
        return text;
    }

    static String joined(List<Object> values) {
        return values.size() == 1
                ? text(values.get(0))
                : values.stream()
                        .map(value -> text(value).replace("%", "%25").replace("|", "%7C"))
                        .collect(Collectors.joining("|"));
    }

    static String text(Object value) {
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }
}
