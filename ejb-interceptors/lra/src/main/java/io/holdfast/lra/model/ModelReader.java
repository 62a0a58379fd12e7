package io.holdfast.lra.model;

import io.holdfast.lra.messages.ParticipantMessage;
import io.holdfast.lra.model.ResourceModel.Reading;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.eclipse.microprofile.lra.annotation.ws.rs.Leave;

/** Reads the annotations of one class. Confined to one thread. */
final class ModelReader {
    private final Class<?> type;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<CallbackKind, Callback> callbacks = new EnumMap<>(CallbackKind.class);
    private final Map<Method, LraMethod> methods = new HashMap<>();

    ModelReader(Class<?> type) {
        this.type = type;
    }

    Reading read() {
        List<Declarations> all = Declarations.of(type);
        for (CallbackKind kind : CallbackKind.values()) {
            readCallbacks(
                    kind,
                    all.stream().filter(each -> each.has(kind.annotation())).toList());
        }
        boolean isResource = isResource(all);
        all.stream().filter(each -> isGoverned(each, isResource)).forEach(this::readMethod);
        if (RestMapping.pathOf(type).isEmpty()) {
            dropCallbacksWithoutAddress();
        }
        return new Reading(new ResourceModel(type, methods, callbacks, isResource), List.copyOf(problems));
    }

    private void readCallbacks(CallbackKind kind, List<Declarations> annotated) {
        for (Declarations each : annotated) {
            CallbackCheck check = new CallbackCheck(type, kind, each);
            problems.addAll(check.problems());
            callbacks.putIfAbsent(kind, check.callback());
        }
        if (annotated.size() > 1) {
            List<String> others = annotated.stream().skip(1).map(this::name).toList();
            problem(
                    ParticipantMessage.SEVERAL_CALLBACKS,
                    name(annotated.get(0)),
                    kind.annotation().getSimpleName(),
                    String.join(", ", others));
        }
    }

    /** Whether Jakarta REST calls it, or something may that others call. */
    private boolean isResource(List<Declarations> all) {
        return RestMapping.pathOf(type).isPresent()
                || all.stream().anyMatch(each -> RestMapping.of(each).isPresent());
    }

    private static boolean isGoverned(Declarations declarations, boolean isResource) {
        return declarations.isCallable()
                && (!isResource
                        || RestMapping.of(declarations)
                                .flatMap(RestMapping::verb)
                                .isPresent());
    }

    private void readMethod(Declarations declarations) {
        boolean isCallback = Stream.of(CallbackKind.values()).anyMatch(kind -> declarations.has(kind.annotation()));
        Optional<LraRule> rule = annotationFor(declarations, isCallback).flatMap(found -> rule(declarations, found));
        var method = new LraMethod(declarations.method(), rule, declarations.has(Leave.class), isCallback);
        declarations.stream().forEach(declaration -> methods.put(declaration, method));
        rule.filter(LraRule::runsInLra).ifPresent(found -> requireCallback(declarations, found));
    }

    /**
     * In the specification's order ("Starting and Ending LRAs"): on the method, on the class that contains it, on the method of a superclass, on the
     * method of an interface; and then what the class inherits by {@code @Inherited}. What stands on a class is not meant for its
     * callbacks, which run while their LRA ends.
     */
    private Optional<LRA> annotationFor(Declarations declarations, boolean isCallback) {
        Method own = declarations.method();
        Optional<LRA> onMethod = Optional.ofNullable(own.getAnnotation(LRA.class));
        if (onMethod.isPresent() || isCallback) {
            return onMethod.or(() -> declarations.find(LRA.class));
        }
        return Optional.ofNullable(own.getDeclaringClass().getDeclaredAnnotation(LRA.class))
                .or(() -> declarations.find(LRA.class))
                .or(() -> Optional.ofNullable(type.getAnnotation(LRA.class)));
    }

    private Optional<LraRule> rule(Declarations declarations, LRA annotation) {
        try {
            return Optional.of(LraRule.of(annotation));
        } catch (IllegalArgumentException badTimeLimit) {
            problem(
                    ParticipantMessage.WRONG_TIME_LIMIT,
                    name(declarations),
                    annotation.timeLimit(),
                    annotation.timeUnit(),
                    LraRule.LONGEST_MILLIS);
            return Optional.empty();
        }
    }

    private void requireCallback(Declarations declarations, LraRule rule) {
        if (!callbacks.containsKey(CallbackKind.COMPENSATE) && !callbacks.containsKey(CallbackKind.AFTER)) {
            problem(ParticipantMessage.NO_CALLBACK, name(declarations), rule.type());
        }
    }

    /** The class of a subresource, whose address depends on the request, or one that others extend; the latter is no mistake. */
    private void dropCallbacksWithoutAddress() {
        boolean runsInLra = methods.values().stream()
                .anyMatch(method -> method.rule().filter(LraRule::runsInLra).isPresent());
        for (CallbackKind kind : CallbackKind.values()) {
            if (callbacks.get(kind) instanceof Callback.Rest callback) {
                callbacks.remove(kind);
                if (runsInLra) {
                    problem(
                            ParticipantMessage.NO_ADDRESS,
                            type.getName() + "#" + callback.method().getName(),
                            kind.annotation().getSimpleName());
                }
            }
        }
    }

    private void problem(ParticipantMessage message, Object... arguments) {
        problems.add(Problem.of(message, arguments));
    }

    private String name(Declarations declarations) {
        return name(type, declarations);
    }

    static String name(Class<?> type, Declarations declarations) {
        return type.getName() + "#" + declarations.method().getName();
    }
}
