package io.holdfast.dubbo;

import io.holdfast.lra.client.InvalidLraIdException;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import io.holdfast.lra.runtime.Wire;
import java.util.Optional;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.AsyncRpcResult;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a Dubbo service work in the LRA that {@link LraConsumerFilter} has sent: calls that it makes carry it, and a bean with {@code @LRA} that
 * it is or calls is in it, and refuses one of a coordinator that is not trusted. The thread is in its own LRA again afterwards.
 *
 * <p>An attachment whose text is no id of an LRA (8,192 characters at most) is answered with an {@link RpcException} that says so, and the service
 * does not run. The system property {@code holdfast.propagation.dubbo} with {@code false} lets it run in none. Thread-safe.
 */
@Activate(group = CommonConstants.PROVIDER)
public final class LraProviderFilter implements Filter {
    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) {
        // Dubbo hands the attachments of a call on to the calls that the service makes, whatever LRA these are in.
        RpcContext.getServerAttachment().removeAttachment(LraConsumerFilter.ATTACHMENT);
        Optional<ActiveLra> lra;
        try {
            lra = Wire.DUBBO.isOn()
                    ? lra(invocation.getObjectAttachment(LraConsumerFilter.ATTACHMENT))
                    : Optional.empty();
        } catch (InvalidLraIdException e) {
            // An answer, not a failure: the cluster would repeat the call for nothing.
            return AsyncRpcResult.newDefaultAsyncResult(new RpcException(e.getMessage()), invocation);
        }
        Optional<ActiveLra> before = ThreadContext.active();
        ThreadContext.enter(lra);
        try {
            return invoker.invoke(invocation);
        } finally {
            ThreadContext.enter(before);
        }
    }

    private static Optional<ActiveLra> lra(@Nullable Object sent) throws InvalidLraIdException {
        return sent == null
                ? Optional.empty()
                : Optional.of(new ActiveLra(LraId.parse(sent.toString()).uri().toString(), Optional.empty()));
    }
}
