package io.holdfast.interceptors.tcc;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Internal: what the interceptors of {@link Tcc} and {@link Compensable} share. */
public abstract class ParticipantInterceptor implements Serializable {
    private static final long serialVersionUID = 1;

    @Inject
    private BeanManager beans;

    @Inject
    private OwnTransaction own;

    ParticipantInterceptor() {}

    @AroundInvoke
    public @Nullable Object aroundInvoke(InvocationContext context) throws Exception {
        TccExtension extension = beans.getExtension(TccExtension.class);
        return extension
                .around(context.getTarget().getClass(), context.getMethod(), own, beans)
                .run(context.getParameters(), context::proceed);
    }
}
