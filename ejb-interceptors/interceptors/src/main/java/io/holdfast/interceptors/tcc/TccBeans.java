package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.InterceptorMessage;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The methods with {@link Tcc} or {@link Compensable} of one application, and the beans that have them. Thread-safe. */
final class TccBeans {
    private final Map<String, TccMethod> methods = new ConcurrentHashMap<>();
    private final Map<Class<?>, Bean<?>> beans = new ConcurrentHashMap<>();

    void add(TccMethod method) {
        methods.put(method.name(), method);
    }

    void add(Class<?> type, Bean<?> bean) {
        beans.put(type, bean);
    }

    boolean isEmpty() {
        return methods.isEmpty();
    }

    Collection<TccMethod> methods() {
        return methods.values();
    }

    Optional<TccMethod> find(String bean, String method, String signature) {
        return Optional.ofNullable(methods.get(bean + "#" + method + signature));
    }

    /** @param target the class of the bean, or a subclass that the container has made of it */
    TccMethod of(Class<?> target, Method called) {
        String rest = "#" + called.getName() + TccMethod.signature(called);
        for (Class<?> type = target; type != null; type = type.getSuperclass()) {
            TccMethod method = methods.get(type.getName() + rest);
            if (method != null) {
                return method;
            }
        }
        throw new IllegalStateException(InterceptorMessage.WRONG_PARTICIPANT.with(
                target.getName() + "#" + called.getName(),
                "a participant",
                "its class was not seen when the application was deployed"));
    }

    Bean<?> beanOf(TccMethod method) {
        Bean<?> bean = beans.get(method.bean());
        if (bean == null) {
            throw new IllegalStateException(InterceptorMessage.WRONG_PARTICIPANT.with(
                    method.name(), method.annotation(), "its class is no bean"));
        }
        return bean;
    }

    /** The callback as clients of the bean call it: by the bean's class or by one of its business interfaces. */
    Optional<Method> visible(TccMethod method, Method callback) {
        return beanOf(method).getTypes().stream()
                .filter(type -> type instanceof Class<?> && type != Object.class)
                .flatMap(view -> Arrays.stream(((Class<?>) view).getMethods()))
                .filter(seen -> seen.getName().equals(callback.getName())
                        && Arrays.equals(seen.getParameterTypes(), callback.getParameterTypes()))
                .findFirst();
    }

    /** What can be seen only when all beans are known. */
    List<IllegalArgumentException> problems() {
        List<IllegalArgumentException> problems = new ArrayList<>();
        for (TccMethod method : methods.values()) {
            if (beans.containsKey(method.bean())) {
                method.callbacks().forEach((role, callback) -> checkVisible(method, role, callback, problems));
            }
        }
        return problems;
    }

    private void checkVisible(TccMethod method, String role, Method callback, List<IllegalArgumentException> problems) {
        if (visible(method, callback).isEmpty()) {
            problems.add(TccReader.mistake(
                    method.name(),
                    method.annotation(),
                    "its " + role + " method '" + callback.getName()
                            + "' is in none of the bean's business interfaces"));
        }
    }
}
