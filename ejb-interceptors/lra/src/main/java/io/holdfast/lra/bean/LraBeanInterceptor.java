package io.holdfast.lra.bean;

import io.holdfast.lra.LraParticipantData;
import io.holdfast.lra.cdi.ApplicationRuntime;
import io.holdfast.lra.runtime.DataCell;
import io.holdfast.lra.runtime.ParticipantRuntime;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Internal: runs inside the container's transaction, after an EJB's own and after {@code @Transactional}, which has priority 200. */
@Interceptor
@LraGoverned
@Priority(Interceptor.Priority.LIBRARY_BEFORE + 10)
public class LraBeanInterceptor implements Serializable {
    private static final long serialVersionUID = 1;

    @AroundInvoke
    public @Nullable Object aroundInvoke(InvocationContext context) throws Exception {
        return run(context);
    }

    @AroundTimeout
    public @Nullable Object aroundTimeout(InvocationContext context) throws Exception {
        return run(context);
    }

    private static @Nullable Object run(InvocationContext context) throws Exception {
        Optional<ParticipantRuntime> runtime =
                CDI.current().select(ApplicationRuntime.class).get().runtime();
        return runtime.isEmpty()
                ? context.proceed()
                : new BeanCall(runtime.get(), JtaTransaction.ofThisThread(), LraBeanInterceptor::showing)
                        .run(
                                context.getTarget().getClass(),
                                context.getMethod(),
                                context.getParameters(),
                                context.getContextData(),
                                context::proceed);
    }

    /** The data belong to the call, and to the caller again after it; there may be nothing to show them in. */
    private static @Nullable Object showing(DataCell data, Callable<@Nullable Object> work) throws Exception {
        LraParticipantData shown =
                CDI.current().select(LraParticipantData.class).get();
        DataCell before;
        try {
            before = shown.attach(data);
        } catch (ContextNotActiveException noRequest) {
            return work.call();
        }
        try {
            return work.call();
        } finally {
            var unused = shown.attach(before);
        }
    }
}
