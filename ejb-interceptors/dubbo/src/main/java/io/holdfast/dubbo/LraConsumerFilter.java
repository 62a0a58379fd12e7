package io.holdfast.dubbo;

import io.holdfast.lra.runtime.ThreadContext;
import io.holdfast.lra.runtime.Wire;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.cluster.filter.ClusterFilter;

/**
 * Sends the calling thread's LRA with its Dubbo calls, asynchronous ones too, in the attachment {@link #ATTACHMENT}, whose text is the id.
 *
 * <p>An attachment of this name that is set by hand stays. Nothing goes when the thread is in no LRA, and when the system property {@code
 * holdfast.propagation.dubbo} is {@code false}. It runs once for a call, in the caller's thread, whatever the cluster does to repeat it. Thread-safe.
 */
@Activate(group = CommonConstants.CONSUMER)
public final class LraConsumerFilter implements ClusterFilter {
    /** The attachment's name, in the lower case that the triple protocol's headers have. */
    public static final String ATTACHMENT = "long-running-action";

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) {
        if (Wire.DUBBO.isOn()) {
            ThreadContext.active().ifPresent(lra -> invocation.setAttachmentIfAbsent(ATTACHMENT, lra.id()));
        }
        return invoker.invoke(invocation);
    }
}
