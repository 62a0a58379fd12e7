package io.holdfast.interceptors.tcc;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the method as the try of a TCC participant: it reserves, and the end of the caller's JTA transaction confirms or cancels what it
 * has reserved.
 *
 * <pre>{@code
 * @Tcc(confirm = "deduct", cancel = "unfreeze", dataSource = "java:comp/env/jdbc/accounts")
 * public void freeze(String account, BigDecimal amount) { ... }
 *
 * public void deduct(String account, BigDecimal amount) { ... }      // when the caller's transaction commits
 * public void unfreeze(String account, BigDecimal amount) { ... }    // when it rolls back
 * }</pre>
 *
 * <p>Before the method runs, its bean, name, signature and arguments are stored durably by Holdfast's resource adapter, as a participant
 * of the caller's JTA transaction. That one is suspended while the method runs, and resumed after it, also when the method throws. The
 * method itself runs and commits in a transaction of its own, so that its locks are short; it must not touch rows that the caller's
 * transaction has written, since it would wait for them until its time is over (HFINT074).
 *
 * <p><b>Return:</b> the reservation is committed. <b>Exception</b>, of any kind, or a rollback mark: the reservation is rolled back, the
 * caller's transaction can only roll back, and cancel is due. <b>Time-out</b> of the caller's transaction: cancel is due, once
 * the method has returned. <b>Crash:</b> what was not prepared is cancelled, what was is decided by the server's recovery; the rest is told after the
 * restart, as soon as the application is deployed. An application that is not deployed is waited for.
 *
 * <p><b>Confirm and cancel</b> are public methods of the same bean. They get the arguments of the method, and after them its result if
 * they have one more parameter of its type ({@code Long} for {@code long}); the result is null when the method did not return, or was
 * not stored before a crash, a time-out or somebody else's end of the LRA. They run in a container transaction of their own, in which
 * they must not fail for good: after an exception they are called again, at growing intervals, maybe after a restart, never twice at a
 * time. {@link TccRefusedException} ends that; a person has to look at it then. But where nothing else than TCC participants is in the
 * caller's transaction, one of them is told to confirm before the others, and if it refuses all are cancelled and the caller's commit fails.
 *
 * <p><b>Who calls it:</b> something in a JTA transaction or an LRA. A container that begins a transaction for the call alone, as for an EJB with
 * REQUIRED, confirms when the method returns: say {@code @TransactionAttribute(MANDATORY)} on the method, so that such a call is refused.
 *
 * <p><b>Fence:</b> with a data source, a row in it, which commits with the change, lets each of the three through once: a cancel whose
 * method had no effect changes nothing and is remembered, a late method after its cancel is refused, and repetitions are answered with success without
 * a call. Without one, confirm may come again, and cancel may also come for a method that has done nothing; both have to bear that.
 *
 * <p><b>Fails the deployment</b> (HFINT060): confirm or cancel missing, overloaded, not public, static, final, with other parameters, or
 * with the result as a primitive; one of the three asynchronous; a method that is {@code @Idempotent} as well; an argument or wanted result that JSON cannot hold; a
 * stateful bean, one with transactions of its own, or a transaction attribute that leaves the caller's transaction. (HFINT008) The
 * application does not see the resource adapter's classes. For EJBs and CDI beans; calls by {@code this} are not intercepted.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Tcc {
    /** The method that makes the reservation final. */
    @Nonbinding
    String confirm();

    /** The method that gives the reservation back. */
    @Nonbinding
    String cancel();

    /** Whether the fence is used where there is a data source for it; default true. */
    @Nonbinding
    boolean fence() default true;

    /**
     * Whether the method changes something that is not in the fence's database, by a call to another service for example; default false.
     * Then what it has done does not go away when it throws or the server dies, and the fence notes durably that it begins, in a
     * transaction of its own: cancel also comes for a method that has thrown. Needs a data source, and costs one more transaction.
     *
     * <p>Since the row and the change do not commit together, cancel has to bear a method that did nothing, or a part, or whose call
     * arrives at the other side only after the cancel; and a confirm that has had its effect unheard. Confirm and cancel may come again, and
     * answer with success then.
     */
    @Nonbinding
    boolean traced() default false;

    /**
     * The JNDI name of the data source that the method changes, or of any that keeps its rows if it is {@link #traced}, in which the fence's table is made when the application starts. Default:
     * {@value io.holdfast.interceptors.tcc.Fences#DEFAULT} when the application has one; else there is no fence.
     */
    @Nonbinding
    String dataSource() default "";
}
