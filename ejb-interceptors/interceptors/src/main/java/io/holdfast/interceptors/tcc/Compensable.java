package io.holdfast.interceptors.tcc;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the method as an action with an undo: it commits when it returns, and is undone if the caller's JTA transaction rolls back later.
 *
 * <pre>{@code
 * @Compensable(undo = "refund")
 * public String pay(String order, BigDecimal amount) { ... }                     // returns the number of the payment
 *
 * public void refund(String order, BigDecimal amount, @Nullable String payment) { ... }
 * }</pre>
 *
 * <p>For what cannot be reserved first; where it can, {@link Tcc} leaves less to be seen by others. Before the method runs, its bean, name,
 * signature and arguments are stored durably by Holdfast's resource adapter, as a participant of the caller's JTA transaction. That one is
 * suspended while the method runs in a transaction of its own, which must not touch rows that the caller's has written.
 *
 * <p><b>Return:</b> the action is committed. <b>Exception</b>, of any kind, or a rollback mark: it is rolled back, the caller's
 * transaction can only roll back, and the actions before it are undone. <b>Time-out</b> of the caller's transaction, and <b>crash</b> before
 * it was prepared: what was done is undone, once the method has returned. When the caller's transaction <b>commits</b>, the
 * action stands, and its bean is told nothing.
 *
 * <p><b>Order:</b> the actions of a transaction are undone one after the other, the last first. The next undo waits until the one before has
 * succeeded, however often that has to be repeated, or until a person has resolved it at the adapter.
 *
 * <p><b>Nested flows:</b> what a method with this annotation or {@link Tcc} calls of the same kind, however deep, belongs to the outermost
 * transaction: it is undone before the method that called it. If it fails, the method that called it fails with it. A bean with
 * REQUIRES_NEW between the two begins a flow of its own.
 *
 * <p><b>The undo</b> is a public method of the same bean with the method's parameters, and one more for its result if it wants that ({@code Long}
 * for {@code long}; null when the method did not return, or its result was not stored before a crash or a time-out). It runs in a container transaction of its own, at least once, maybe after a restart, never twice at a
 * time; after an exception it is called again, at growing intervals. {@link TccRefusedException} ends that; a person has to look at it then.
 *
 * <p><b>Fence:</b> as {@link Tcc}'s. With it an action that had no effect is not undone, and nothing is undone twice; less holds for one that is
 * {@link #traced}.
 *
 * <p><b>Who calls it:</b> as with {@link Tcc}; with {@code @TransactionAttribute(MANDATORY)} a call that would be a transaction by itself is
 * refused
 *
 * <p><b>Fails the deployment</b> (HFINT060, HFINT008): as a wrong {@link Tcc}.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Compensable {
    /** The method that takes back what this one has done. */
    @Nonbinding
    String undo();

    /** Whether the fence is used where there is a data source for it; default true. */
    @Nonbinding
    boolean fence() default true;

    /**
     * Whether the method changes something that is not in the fence's database, by a call to another service for example; default false. Then
     * it is undone also when it has thrown, and the undo has to bear what {@link Tcc#traced} says of cancel.
     */
    @Nonbinding
    boolean traced() default false;

    /** The JNDI name of the data source of the fence; as {@link Tcc#dataSource}. */
    @Nonbinding
    String dataSource() default "";
}
