package io.holdfast.interceptors.idempotent;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the method once for each key, however often it is called: a repeated call gets what the first one returned.
 *
 * <pre>{@code
 * @Stateless
 * public class PaymentService {
 *     @Idempotent(key = {"order.shop", "order.number"}, dataSource = "java:app/jdbc/payments")
 *     public Receipt pay(Order order) { ... }
 * }
 * }</pre>
 *
 * <p>Holds for business methods of EJBs and CDI beans and for {@code onMessage} of message-driven beans. The record that the call was
 * made is a row in the business database and belongs to the caller's JTA transaction: it commits and rolls back with the business
 * change. The annotation starts no transaction and ends none; a call without one is refused (HFINT041).
 *
 * <p><b>Key:</b> each of {@link #key()} is one of
 * <ul>
 *   <li>a parameter's name, or a path from it, like {@code order.customer.id}: record components, bean properties (getX, isX) and
 *       public fields; needs classes compiled with {@code -parameters}, else the names are {@code arg0}, {@code arg1} ...;
 *   <li>{@code header:Idempotency-Key}: a header of the current Jakarta REST request;
 *   <li>{@code jms:id}: the id of the JMS message that is a parameter; {@code jms:property:NAME}: a property of it.
 * </ul>
 * The end of a path must be text, a whole number, an enum, a UUID, URI, boolean or a {@code java.time} value. A key that is null or
 * empty when the method is called is refused (HFINT040).
 *
 * <p><b>Return:</b> the result is kept as JSON with the record. <b>Exception</b>, also a checked one: the transaction is marked for
 * rollback, which takes the record back, so that a retry runs the method. <b>A call beside a running first one</b> waits for its end
 * or is refused, see {@link #whileRunning()}. <b>A call within the first one</b>, in its transaction, is refused where the method
 * returns something (HFINT051), and does nothing where it is void. <b>Crash:</b> what had not been committed is gone, and the retry
 * runs. Effects outside the transaction (mail, HTTP calls) are not undone and can happen again.
 *
 * <p><b>Fails the deployment</b>: an unknown parameter or property, a key without a stable text, a result that cannot be kept as
 * JSON, a method that cannot be intercepted, and members that do not fit together (HFINT043). The classes of message-driven beans
 * in an archive with bean discovery mode {@code annotated} are not seen then, so that there the first call fails.
 *
 * <p>Source: patterns for eventually consistent systems, idempotency by unique key, by consumed messages and by guarded state.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Idempotent {
    /** How it is known that a call is a repetition. */
    enum Strategy {
        /**
         * By the unique index of the table {@code holdfast_idempotent}, whose row keeps the result. For calls that are repeated
         * because their answer was lost.
         */
        UNIQUE_KEY,

        /**
         * By the table {@code holdfast_consumed} of consumed messages. For receivers, which return nothing; the method is void.
         * Without a {@link Idempotent#key()} it is the id of the JMS message.
         */
        CONSUMED_MESSAGE,

        /**
         * By the state of the business row itself: an UPDATE that only its expected state lets through, with nothing read before,
         * see {@link Idempotent#guard()}. No table of ours, no result; the method is void.
         */
        STATE_GUARD
    }

    /** What a call does while the first one with its key has not ended. */
    enum WhileRunning {
        /** Waits up to {@link Idempotent#waitSeconds()} for its result, and is refused then. */
        WAIT,

        /** Is refused at once with a {@link CallRunningException} (MySQL and MariaDB: after a second). */
        REFUSE
    }

    /** The expressions whose values make the key, in this order; 512 characters together at most. */
    @Nonbinding
    String[] key() default {};

    /** Default: {@link Strategy#UNIQUE_KEY}. */
    @Nonbinding
    Strategy strategy() default Strategy.UNIQUE_KEY;

    /**
     * What the key identifies a call of, 200 characters at most. Default: the bean's class and the method, like {@code
     * shop.Payments#pay}, also where the method is inherited; give a name so that it stays when they are renamed. Methods with the same
     * name share their keys, and so do beans that inherit a method with a name.
     */
    @Nonbinding
    String operation() default "";

    /** The business database in JNDI; its connections must take part in JTA transactions. Default: the server's default one. */
    @Nonbinding
    String dataSource() default "java:comp/DefaultDataSource";

    /** Default: {@link WhileRunning#WAIT}. */
    @Nonbinding
    WhileRunning whileRunning() default WhileRunning.WAIT;

    /** How long to wait for a running first call, in seconds; default 10, range 1 to 300. */
    @Nonbinding
    int waitSeconds() default 10;

    /** The guard of {@link Strategy#STATE_GUARD}, for no other strategy. */
    @Nonbinding
    StateGuard guard() default
            @StateGuard(
                    table = "",
                    id = "",
                    state = "",
                    from = {},
                    to = "");
}
