package io.holdfast.interceptors.tcc;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Runs inside the container's transaction: after an EJB's own, after {@code @Transactional}, which has priority 200, and after {@code
 * GlobalTransaction}; what comes after it runs in the method's own transaction.
 */
@Interceptor
@Tcc(confirm = "", cancel = "")
@Priority(Interceptor.Priority.LIBRARY_BEFORE + 50)
public class TccInterceptor implements Serializable {
    private static final long serialVersionUID = 1;

    @Inject
    private BeanManager beans;

    @Inject
    private OwnTransaction own;

    @AroundInvoke
    public @Nullable Object aroundInvoke(InvocationContext context) throws Exception {
        TccExtension extension = beans.getExtension(TccExtension.class);
        return extension
                .around(context.getTarget().getClass(), context.getMethod(), own)
                .run(context.getParameters(), context::proceed);
    }
}
