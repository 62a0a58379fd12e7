package io.holdfast.lra.model;

import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the annotations of a class mean. Immutable. */
public final class ResourceModel {
    private final Class<?> type;
    private final Map<Method, LraMethod> methods;
    private final Map<CallbackKind, Callback> callbacks;
    private final boolean isResource;

    /**
     * @param methods by each declaration of the method: the class's own, and those that it overrides or implements
     * @param isResource whether Jakarta REST calls it
     */
    ResourceModel(
            Class<?> type, Map<Method, LraMethod> methods, Map<CallbackKind, Callback> callbacks, boolean isResource) {
        this.isResource = isResource;
        this.type = type;
        this.methods = Map.copyOf(methods);
        this.callbacks = new EnumMap<>(callbacks);
    }

    /** @param problems what is wrong; with one that stops the deployment the model must not be used */
    public record Reading(ResourceModel model, List<Problem> problems) {}

    /** Reads a class that can be instantiated. */
    public static Reading read(Class<?> type) {
        return new ModelReader(type).read();
    }

    public Class<?> type() {
        return type;
    }

    /**
     * Whether the method runs in an LRA, or leaves one, though it is no resource method of Jakarta REST: a bean's, which an interceptor
     * has to let in.
     */
    public boolean needsInterceptor(Method method) {
        return !isResource
                && method(method)
                        .filter(each -> !each.isCallback())
                        .filter(each -> each.rule().isPresent() || each.leaves())
                        .isPresent();
    }

    /**
     * The method that a server names.
     *
     * @param declaration the class's method, or one that it overrides or implements: servers differ in which they name
     */
    public Optional<LraMethod> method(Method declaration) {
        return Optional.ofNullable(methods.get(declaration));
    }

    public Optional<Callback> callback(CallbackKind kind) {
        return Optional.ofNullable(callbacks.get(kind));
    }

    /** Whether it has callbacks that Jakarta REST does not call. */
    public boolean hasPlainCallbacks() {
        return callbacks.values().stream().anyMatch(Callback.Plain.class::isInstance);
    }

    /** Whether it has to join the LRAs that its methods run in: to compensate, or to be told how they ended. */
    public boolean joins() {
        return callbacks.containsKey(CallbackKind.COMPENSATE) || callbacks.containsKey(CallbackKind.AFTER);
    }
}
