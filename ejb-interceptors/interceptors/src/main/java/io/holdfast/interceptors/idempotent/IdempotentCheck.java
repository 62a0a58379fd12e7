package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.InterceptorMessage;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fails the deployment of an application with a wrong {@link Idempotent}, naming class and method. */
public class IdempotentCheck implements Extension {
    private final List<IllegalArgumentException> mistakes = new ArrayList<>();

    void read(@Observes @WithAnnotations(Idempotent.class) ProcessAnnotatedType<?> bean) {
        check(bean.getAnnotatedType());
    }

    void report(@Observes AfterBeanDiscovery discovery) {
        mistakes.forEach(discovery::addDefinitionError);
    }

    private void check(AnnotatedType<?> type) {
        String name = type.getJavaClass().getName();
        if (type.isAnnotationPresent(Idempotent.class) && !type.isAnnotationPresent(Interceptor.class)) {
            mistakes.add(new IllegalArgumentException(
                    InterceptorMessage.WRONG_IDEMPOTENT.with(name, "the annotation belongs on a method")));
        }
        Map<String, Method> operations = new HashMap<>();
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (method.isAnnotationPresent(Idempotent.class)) {
                check(type.getJavaClass(), method.getJavaMember(), operations);
            }
        }
    }

    private void check(Class<?> bean, Method method, Map<String, Method> operations) {
        try {
            Operation operation = Operation.of(bean, method);
            if (method.isBridge() || isOverridden(bean, method)) {
                return;
            }
            @Nullable Method other = operations.put(operation.name(), method);
            if (other != null && !other.equals(method)) {
                mistakes.add(new IllegalArgumentException(InterceptorMessage.WRONG_IDEMPOTENT.with(
                        operation.name(), "two methods have this name, so that they would share their keys")));
            }
        } catch (IllegalArgumentException e) {
            mistakes.add(e);
        }
    }

    /** By a method of the bean's class, or of one between, maybe a bridge. */
    private static boolean isOverridden(Class<?> bean, Method method) {
        return Stream.<Class<?>>iterate(
                        bean, type -> type != null && type != method.getDeclaringClass(), Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
