package io.holdfast.interceptors.messages;

import io.holdfast.api.MessageSender;
import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.JtaTransaction;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One delivery to an {@link OnFailureReply} method. Confined to its thread. */
final class FailureReplyCall {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");

    /** Runs work in a JTA transaction of its own, which rolls back when it throws anything. */
    @FunctionalInterface
    interface Own {
        @Nullable
        Object call(Callable<?> work) throws Exception;
    }

    /** How the receiver is left when its business cannot be done: the reply is sent once, and the message consumed. */
    @FunctionalInterface
    interface Consumption {
        void consume(@Nullable Object[] arguments, Callable<?> reply) throws Exception;
    }

    private final Directory jndi;
    private final FailureReply method;
    private final Own own;
    private final Consumption consumption;
    private final MessageSender sender;

    FailureReplyCall(Directory jndi, FailureReply method, Own own, Consumption consumption, MessageSender sender) {
        this.jndi = jndi;
        this.method = method;
        this.own = own;
        this.consumption = consumption;
        this.sender = sender;
    }

    @Nullable
    Object run(@Nullable Object[] arguments, Callable<@Nullable Object> delivery) throws Exception {
        try {
            return own.call(() -> work(delivery));
        } catch (Throwable thrown) {
            Optional<Throwable> failure = method.businessFailure(thrown);
            if (failure.isEmpty()) {
                deliverAgain(thrown);
                throw thrown;
            }
            try {
                own.call(() -> reply(arguments, failure.get()));
            } catch (Throwable notReplied) {
                notReplied.addSuppressed(thrown);
                deliverAgain(notReplied);
                throw notReplied;
            }
            return null;
        }
    }

    /** A container would otherwise roll back silently, and the message be consumed without its work. */
    private @Nullable Object work(Callable<@Nullable Object> delivery) throws Exception {
        Object result = delivery.call();
        if (!JtaTransaction.ofThisThread(jndi).canCommit()) {
            throw InterceptorMessage.DELIVERY_ROLLED_BACK.exception(method.name());
        }
        return result;
    }

    private @Nullable Object reply(@Nullable Object[] arguments, Throwable failure) throws Exception {
        consumption.consume(arguments, () -> {
            OutgoingMessage reply = method.message(arguments, failure);
            sender.send(reply);
            LOG.log(
                    Level.INFO,
                    InterceptorMessage.FAILURE_REPLIED.with(
                            method.name(),
                            reply.properties().get(OnFailureReply.FAILED_ID_PROPERTY),
                            failure,
                            reply.destination()));
            return null;
        });
        return null;
    }

    /** The broker does when the transaction of the receipt rolls back. */
    private void deliverAgain(Throwable cause) {
        try {
            JtaTransaction.ofThisThread(jndi).markForRollback();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
