package io.holdfast.interceptors.tcc;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Calls beans through the references that the container gives to all clients, with a request context around. Thread-safe. */
record BeanInvoker(BeanManager manager, TccBeans beans) implements TccDispatcher.Invoker {
    @Override
    public void invoke(TccMethod method, Method callback, @Nullable Object[] arguments) throws Exception {
        Method visible = beans.visible(method, callback)
                .orElseThrow(() -> new IllegalStateException(callback + " is not visible to clients"));
        RequestContextController request =
                manager.createInstance().select(RequestContextController.class).get();
        boolean begun = request.activate();
        try {
            invoke(beans.beanOf(method), visible, arguments);
        } finally {
            if (begun) {
                request.deactivate();
            }
        }
    }

    private void invoke(Bean<?> bean, Method method, @Nullable Object[] arguments) throws Exception {
        CreationalContext<?> created = manager.createCreationalContext(bean);
        try {
            Object reference = manager.getReference(bean, method.getDeclaringClass(), created);
            method.invoke(reference, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        } finally {
            created.release();
        }
    }
}
