package io.holdfast.interceptors.tcc;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Calls beans through the references that the container gives to all clients, with a request context around. Thread-safe. */
final class BeanInvoker implements TccDispatcher.Invoker {
    private final BeanManager manager;
    private final TccBeans beans;
    private final Bean<?> requests;
    private final Map<Callback, Method> visible = new ConcurrentHashMap<>();

    /** A bean may have it from a class that others extend too. */
    private record Callback(Class<?> bean, Method method) {}

    BeanInvoker(BeanManager manager, TccBeans beans) {
        this.manager = manager;
        this.beans = beans;
        this.requests = manager.resolve(manager.getBeans(RequestContextController.class));
    }

    @Override
    public void invoke(TccMethod method, Method callback, @Nullable Object[] arguments) throws Exception {
        Method seen =
                visible.computeIfAbsent(new Callback(method.bean(), callback), looked -> visible(method, callback));
        with(requests, RequestContextController.class, found -> {
            RequestContextController request = (RequestContextController) found;
            boolean begun = request.activate();
            try {
                with(beans.beanOf(method), seen.getDeclaringClass(), bean -> call(bean, seen, arguments));
            } finally {
                if (begun) {
                    request.deactivate();
                }
            }
        });
    }

    private Method visible(TccMethod method, Method callback) {
        return beans.visible(method, callback)
                .orElseThrow(() -> new IllegalStateException(callback + " is not visible to clients"));
    }

    private interface Use {
        void of(Object reference) throws Exception;
    }

    private void with(Bean<?> bean, Class<?> type, Use use) throws Exception {
        CreationalContext<?> created = manager.createCreationalContext(bean);
        try {
            use.of(manager.getReference(bean, type, created));
        } finally {
            created.release();
        }
    }

    private static void call(Object bean, Method method, @Nullable Object[] arguments) throws Exception {
        try {
            method.invoke(bean, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }
}
