package io.holdfast.interceptors.tcc;

import io.holdfast.api.LocalParticipant.Kind;
import io.holdfast.interceptors.json.StoredValues;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A method with {@link Tcc} or {@link Compensable} as it was found to be right.
 *
 * @param bean the class of the bean, maybe a subclass of the one that declares it
 * @param attempt the method itself, the try or the action
 * @param confirm empty for an action, which stands once it has run
 * @param cancel the cancel or the undo
 * @param fencing as annotated
 */
record TccMethod(Class<?> bean, Method attempt, Optional<Method> confirm, Method cancel, Fencing fencing) {
    Kind kind() {
        return confirm.isPresent() ? Kind.RESERVATION : Kind.ACTION;
    }

    /** Its annotation, as messages call it. */
    String annotation() {
        return confirm.isPresent() ? "@Tcc" : "@Compensable";
    }

    /** The callbacks by what they do. */
    Map<String, Method> callbacks() {
        return confirm.map(reserved -> Map.of("confirm", reserved, "cancel", cancel))
                .orElseGet(() -> Map.of("undo", cancel));
    }

    /** As it stands in the log and in messages. */
    String name() {
        return bean.getName() + "#" + attempt.getName() + signature();
    }

    /** Its parameters' classes, like {@code (long,java.util.List)}. */
    String signature() {
        return signature(attempt);
    }

    static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getName).collect(Collectors.joining(",", "(", ")"));
    }

    boolean wantsResult() {
        return callbacks().values().stream().anyMatch(this::takesResult);
    }

    private boolean takesResult(Method callback) {
        return callback.getParameterCount() > attempt.getParameterCount();
    }

    /**
     * What is kept of a call.
     *
     * @param result null when there is none yet
     */
    String write(@Nullable Object[] arguments, @Nullable Object result, TryNotes notes) {
        @Nullable Object[] values = wantsResult() ? Arrays.copyOf(arguments, arguments.length + 1) : arguments;
        if (wantsResult()) {
            values[arguments.length] = result;
        }
        return StoredValues.write(storedTypes(), values, notes.asMap());
    }

    /** What the callback is to be called with. */
    @Nullable
    Object[] argumentsFor(Method callback, String stored) {
        List<@Nullable Object> values = StoredValues.read(stored, storedTypes());
        return values.subList(0, callback.getParameterCount()).toArray();
    }

    private Type[] storedTypes() {
        Type[] parameters = attempt.getGenericParameterTypes();
        if (!wantsResult()) {
            return parameters;
        }
        Type[] all = Arrays.copyOf(parameters, parameters.length + 1);
        all[parameters.length] = attempt.getGenericReturnType();
        return all;
    }
}
