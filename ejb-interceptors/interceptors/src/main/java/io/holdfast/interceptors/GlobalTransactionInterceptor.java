package io.holdfast.interceptors;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs inside the container's transaction: after an EJB's own and after {@code @Transactional}, which has priority 200. */
@Interceptor
@GlobalTransaction
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class GlobalTransactionInterceptor implements Serializable {
    private static final long serialVersionUID = 1;

    @Inject
    private Instance<BegunTransaction> begun;

    @AroundInvoke
    public @Nullable Object aroundInvoke(InvocationContext context) throws Exception {
        return run(context);
    }

    @AroundTimeout
    public @Nullable Object aroundTimeout(InvocationContext context) throws Exception {
        return run(context);
    }

    private @Nullable Object run(InvocationContext context) throws Exception {
        return JtaTransaction.ofThisThread(Directory.JNDI).isActive()
                ? admitted(context)
                : BegunTransaction.committed(
                        Entry.nameOf(context.getMethod()), () -> begun.get().call(() -> admitted(context)));
    }

    private static @Nullable Object admitted(InvocationContext context) throws Exception {
        Optional<NestedLra> nested =
                new Entry(Directory.JNDI, IncomingLra::ofThisCall).admit(context.getTarget(), context.getMethod());
        return nested.isPresent() ? ThreadLra.callIn(nested.get(), context::proceed) : context.proceed();
    }
}
