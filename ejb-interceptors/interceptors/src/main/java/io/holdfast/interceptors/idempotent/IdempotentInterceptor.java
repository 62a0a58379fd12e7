package io.holdfast.interceptors.idempotent;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Runs inside the container's transaction: after an EJB's own, after {@code @Transactional}, which has priority 200, and after those
 * of this module that begin or mark transactions.
 */
@Interceptor
@Idempotent
@Priority(Interceptor.Priority.LIBRARY_BEFORE + 100)
public class IdempotentInterceptor implements Serializable {
    @AroundInvoke
    public @Nullable Object aroundInvoke(InvocationContext context) throws Exception {
        Operation operation = Operation.of(context.getTarget().getClass(), context.getMethod());
        return new IdempotentCall(new ServerSurroundings(), operation)
                .answer(context.getParameters(), context::proceed);
    }
}
