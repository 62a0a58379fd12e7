package io.holdfast.interceptors.messages;

import io.holdfast.api.HoldfastException;
import io.holdfast.api.MessageSender;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.outbox.Outbox;
import io.holdfast.interceptors.outbox.OutboxSender;
import io.holdfast.interceptors.tcc.OwnTransaction;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.jms.ConnectionFactory;
import java.io.Serializable;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs before all interceptors of this module that do something in the transaction of the business, {@code @Idempotent} among them. */
@Interceptor
@OnFailureReply(
        destination = "",
        on = {})
@Priority(Interceptor.Priority.LIBRARY_BEFORE - 50)
public class OnFailureReplyInterceptor implements Serializable {
    private static final long serialVersionUID = 1;

    @Inject
    private OwnTransaction own;

    @AroundInvoke
    public @Nullable Object aroundInvoke(InvocationContext context) throws Exception {
        FailureReply method = FailureReply.of(context.getTarget().getClass(), context.getMethod());
        return new FailureReplyCall(
                        Directory.JNDI, method, own::call, method.consumer()::consume, sender(method, Directory.JNDI))
                .run(context.getParameters(), context::proceed);
    }

    /** Found when it is needed. Whatever could be sent can be answered. */
    static MessageSender sender(FailureReply method, Directory jndi) {
        return switch (method.wanted().via()) {
            case JMS ->
                message -> new JmsSender(
                                find(method, jndi, method.wanted().connectionFactory(), ConnectionFactory.class),
                                MessageBounds.WIDEST,
                                jndi)
                        .send(message);
            case OUTBOX ->
                message -> new OutboxSender(
                                new Outbox(),
                                find(method, jndi, method.consumer().dataSource(), DataSource.class),
                                MessageBounds.WIDEST)
                        .send(message);
        };
    }

    private static <T> T find(FailureReply method, Directory jndi, String name, Class<T> type) {
        try {
            return type.cast(jndi.find(name));
        } catch (NamingException | ClassCastException e) {
            throw new HoldfastException(InterceptorMessage.WRONG_FAILURE_REPLY.with(method.name(), name + ": " + e), e);
        }
    }
}
