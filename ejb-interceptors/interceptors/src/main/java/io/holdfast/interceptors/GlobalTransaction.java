package io.holdfast.interceptors;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.temporal.ChronoUnit;

/**
 * Runs the method so that the JTA transaction it runs in and the MicroProfile LRA services it calls have one outcome.
 *
 * <pre>{@code
 * @Stateless
 * public class TransferService {
 *     @GlobalTransaction(timeLimit = 30)
 *     public void transfer(Order order) {
 *         orders.insert(order);                            // XA database
 *         accounts.request().put(Entity.json(order));      // an @LRA(MANDATORY, end = false) service
 *     }
 * }
 * }</pre>
 *
 * <p>The JTA transaction is the caller's or the container's, where one is active. Where none is, for example in a CDI bean without {@code
 * Transactional}, one is begun for the method: it commits when the method returns, and rolls back after any exception. The annotation marks it, and from
 * then on until its end the first call that leaves it through the Jakarta REST client starts an LRA at the resource adapter's
 * coordinator, and every such call carries it in the header {@code Long-Running-Action}. A header that the caller has set is left
 * alone. A transaction that calls nobody starts no LRA. A transaction without the annotation propagates nothing, and neither does
 * a call that is sent from another thread, where the transaction is not.
 *
 * <p><b>Return:</b> when the container commits, the LRA is held in phase one and closed in phase two. <b>Exception:</b> when the
 * container rolls back, the LRA is cancelled. <b>Time-out:</b> a limit that passes before phase one cancels the LRA, and the JTA
 * transaction can then only roll back. <b>Crash:</b> whoever comes back first finishes what was decided; undecided is rolled back
 * and cancelled. Complete and compensate callbacks of the services are called at least once, maybe after a restart.
 *
 * <p><b>Called in an LRA</b>, by its request or its thread, the method is refused (HFINT002, {@link IncomingLraException}), because committed
 * XA work cannot follow when that LRA is cancelled later. With {@link Incoming#NESTED} it runs.
 *
 * <p><b>Refused</b> with a {@link io.holdfast.api.HoldfastException}: a JTA transaction that is ending (HFINT001), and
 * a wrong limit (HFINT003, found when the application is deployed). Holds for business methods and time-outs of EJBs and for CDI
 * beans. On a class it holds for all of its business methods; on a method it counts before the class.
 * Called inside a transaction that is marked already, the first mark stays, with its limit and the LRA that it is nested in.
 */
@Documented
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface GlobalTransaction {
    /**
     * The time limit of the LRA, in {@link #timeUnit()}s, counted from the first outgoing call. Default 0: the adapter's configured
     * limit. Range of the others: 1 ms to 365 days.
     */
    @Nonbinding
    long timeLimit() default 0;

    /** The unit of {@link #timeLimit()}; default seconds. Units longer than a day have no exact length and are refused. */
    @Nonbinding
    ChronoUnit timeUnit() default ChronoUnit.SECONDS;

    /** What becomes of a call that is in an LRA already; default: it is refused. */
    @Nonbinding
    Incoming incoming() default Incoming.REFUSED;

    /** What becomes of a call that is in an LRA already. */
    enum Incoming {
        /** The method does not run: HFINT002, {@link IncomingLraException}. */
        REFUSED,

        /**
         * The method runs, and the LRA of its JTA transaction is nested in the caller's. It is started before the method, whose thread is in it
         * meanwhile (with holdfast-lra), so that everything goes with it that takes a thread's LRA along.
         *
         * <p><b>Return, exception, time-out, crash:</b> JTA transaction and nested LRA have one outcome, as without a caller's LRA. The
         * caller's goes on after a rollback. If it is cancelled before phase one, the JTA transaction can only roll back; after
         * that its end waits for the JTA transaction's.
         *
         * <p><b>When the caller's LRA is cancelled after the commit</b>, the services that have completed are compensated. What XA resources
         * have committed stays, and so do the {@code @Tcc} and {@code @Compensable} methods that were called inside, which the JTA
         * transaction has decided. It is undone by a {@link io.holdfast.interceptors.tcc.Compensable} method that is called in the caller's
         * LRA and calls this one; on the same method the two do not do that.
         *
         * <p><b>Refused</b>, before the method runs: an LRA of another coordinator than the adapter's (HFRAR090), one that has ended
         * (HFRAR011), and a JTA transaction that is global already, but not in this LRA (HFINT111).
         */
        NESTED
    }
}
