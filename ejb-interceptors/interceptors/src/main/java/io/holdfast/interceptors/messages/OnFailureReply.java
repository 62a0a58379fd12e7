package io.holdfast.interceptors.messages;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a message-driven bean's method in a transaction of its own; when the business cannot be done, that transaction rolls back, and
 * a failure message is sent in a second one that records the message as consumed.
 *
 * <pre>{@code
 * @OnFailureReply(destination = "java:app/jms/outcomes", on = InsufficientFundsException.class)
 * @Idempotent(strategy = CONSUMED_MESSAGE, key = "jms:property:HoldfastMessageId")
 * public void onMessage(Message message) { ... }
 * }</pre>
 *
 * <p>The container's transaction around it holds the receipt of the message and nothing else. It ends after the others, so that a crash in
 * between brings the message again; the record, which each of them commits with its work, then keeps both from happening twice.
 *
 * <p><b>Return:</b> the work, its record and what it has sent commit together. <b>One of {@link #on()}</b>, or an {@code EJBException} that
 * was caused by one: all of that rolls back; the failure message and the record commit together; the message is done with. <b>Any other
 * exception</b>, or a failure message that cannot be sent: everything rolls back and the broker delivers the message again, until its redelivery
 * limit puts it into the dead-letter queue.
 *
 * <p><b>The failure message</b> has the text and the string properties of the failed one, its {@code HoldfastKey}, the id of the failed
 * one with {@code :failed} behind it, and as properties {@value #FAILURE_PROPERTY}, the exception's message, {@value #FAILURE_TYPE_PROPERTY},
 * the simple name of its class, and {@value #FAILED_ID_PROPERTY}. These three come beyond the number of properties that a message may have, and its
 * text may be as long as any message's, so that whatever could be sent can be answered.
 *
 * <p><b>Fails the deployment</b>: a method that is not {@code @Idempotent} with CONSUMED_MESSAGE, that has no {@code
 * jakarta.jms.Message} among its parameters, an empty {@link #on()} or {@link #destination()} (HFINT099). The classes of message-driven
 * beans in an archive with bean discovery mode {@code annotated} are not seen then, so that there the first call fails.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface OnFailureReply {
    /** The property of the failure message with the exception's message, at most 1,000 characters of it. */
    String FAILURE_PROPERTY = "HoldfastFailure";

    /** The property of the failure message with the simple name of the exception's class. */
    String FAILURE_TYPE_PROPERTY = "HoldfastFailureType";

    /** The property of the failure message with the id of the message that it answers. */
    String FAILED_ID_PROPERTY = "HoldfastFailedId";

    /** How the failure message goes. */
    enum Via {
        /**
         * By {@link JmsSender}: for an XA database only. One that is not XA would commit the record of the consumed message before it is decided
         * whether the failure message is sent, and a crash in that moment would lose the failure message.
         */
        JMS,

        /** By a row of the outbox in the data source of {@code @Idempotent}, for a database that is not XA; an {@code OutboxRelay} relays it. */
        OUTBOX
    }

    /** The queue or topic for failure messages, in JNDI. */
    @Nonbinding
    String destination();

    /** The exceptions that say that the business cannot be done, however often it is tried; 1 or more. */
    @Nonbinding
    Class<? extends Throwable>[] on();

    /** Default: {@link Via#JMS}. */
    @Nonbinding
    Via via() default Via.JMS;

    /** Of {@link Via#JMS}, in JNDI. Default: the server's default one. */
    @Nonbinding
    String connectionFactory() default "java:comp/DefaultJMSConnectionFactory";
}
