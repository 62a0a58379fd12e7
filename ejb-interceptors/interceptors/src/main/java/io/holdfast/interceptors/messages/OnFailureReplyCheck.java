package io.holdfast.interceptors.messages;

import io.holdfast.interceptors.InterceptorMessage;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;

/** Fails the deployment of an application with a wrong {@link OnFailureReply}, naming class and method. */
public class OnFailureReplyCheck implements Extension {
    private final List<IllegalArgumentException> mistakes = new ArrayList<>();

    void read(@Observes @WithAnnotations(OnFailureReply.class) ProcessAnnotatedType<?> bean) {
        AnnotatedType<?> type = bean.getAnnotatedType();
        if (type.isAnnotationPresent(OnFailureReply.class) && !type.isAnnotationPresent(Interceptor.class)) {
            mistakes.add(new IllegalArgumentException(InterceptorMessage.WRONG_FAILURE_REPLY.with(
                    type.getJavaClass().getName(), "the annotation belongs on a method")));
        }
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (method.isAnnotationPresent(OnFailureReply.class)) {
                try {
                    FailureReply.of(type.getJavaClass(), method.getJavaMember());
                } catch (IllegalArgumentException e) {
                    mistakes.add(e);
                }
            }
        }
    }

    void report(@Observes AfterBeanDiscovery discovery) {
        mistakes.forEach(discovery::addDefinitionError);
    }
}
