package io.holdfast.lra.ejb;

import io.holdfast.lra.runtime.ThreadContext;
import io.holdfast.lra.runtime.Wire;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.jboss.ejb.client.EJBClientInterceptor;
import org.jboss.ejb.client.EJBClientInvocationContext;

/**
 * Sends the calling thread's LRA with calls of a remote session bean, as {@code Long-Running-Action} in WildFly's context data. A bean with
 * {@code @LRA} that is called so is in that LRA. For WildFly, whose remote interfaces name it:
 *
 * <pre>{@code
 * @ClientInterceptors(LraClientInterceptor.class)
 * public interface Hotel { String book(String room); }
 * }</pre>
 *
 * <p>Nothing goes when the thread is in no LRA, when the context data have an id already, and when the system property {@code
 * holdfast.propagation.ejb} is {@code false}. Thread-safe.
 */
public final class LraClientInterceptor implements EJBClientInterceptor {
    @Override
    public void handleInvocation(EJBClientInvocationContext call) throws Exception {
        if (Wire.EJB.isOn()) {
            ThreadContext.active()
                    .ifPresent(lra -> call.getContextData().putIfAbsent(LRA.LRA_HTTP_CONTEXT_HEADER, lra.id()));
        }
        call.sendRequest();
    }

    @Override
    public Object handleInvocationResult(EJBClientInvocationContext call) throws Exception {
        return call.getResult();
    }
}
