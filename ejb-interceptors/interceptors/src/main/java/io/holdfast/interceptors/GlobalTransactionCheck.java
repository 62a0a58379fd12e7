package io.holdfast.interceptors;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fails the deployment of an application with a wrong {@link GlobalTransaction#timeLimit()}, or that cannot see the adapter's API, naming
 * class and method.
 */
public class GlobalTransactionCheck implements Extension {
    private final List<IllegalArgumentException> mistakes = new ArrayList<>();

    void read(@Observes @WithAnnotations(GlobalTransaction.class) ProcessAnnotatedType<?> bean) {
        if (bean.getAnnotatedType().isAnnotationPresent(Interceptor.class)) {
            return;
        }
        String type = bean.getAnnotatedType().getJavaClass().getName();
        check(bean.getAnnotatedType(), type);
        for (AnnotatedMethod<?> method : bean.getAnnotatedType().getMethods()) {
            check(method, type + "#" + method.getJavaMember().getName());
        }
    }

    void report(@Observes AfterBeanDiscovery discovery) {
        mistakes.forEach(discovery::addDefinitionError);
    }

    private void check(Annotated annotated, String name) {
        @Nullable GlobalTransaction annotation = annotated.getAnnotation(GlobalTransaction.class);
        if (annotation == null) {
            return;
        }
        if (!AdapterApi.isVisible()) {
            mistakes.add(AdapterApi.missing(name, "@GlobalTransaction"));
        }
        try {
            TimeLimit.of(annotation, name);
        } catch (IllegalArgumentException e) {
            mistakes.add(e);
        }
    }
}
