package io.holdfast.interceptors.idempotent;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Changes the state of a row before the method runs, if it is the expected one: {@code update TABLE set STATE = TO where ID = key and
 * STATE in (FROM)}.
 *
 * <pre>{@code
 * @Idempotent(key = "orderId", strategy = STATE_GUARD,
 *         guard = @StateGuard(table = "purchase", id = "id", state = "state", from = "OPEN", to = "PAID", later = "SHIPPED"))
 * public void pay(long orderId) { ... }
 * }</pre>
 *
 * <p>When no row was changed the state is looked at: {@link #to()} or one of {@link #later()} means a repeated call, which returns
 * without running the method. Another state, or no row, is refused with a {@link StateConflictException}, since that call was not
 * made before and cannot be made now. The state is a text column or an enum of PostgreSQL.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface StateGuard {
    /** The business table, maybe with its schema. */
    String table();

    /** The column of its key, unique in the table, which {@link Idempotent#key()}, a single path, gives the value of. */
    String id();

    /** The column of its state. */
    String state();

    /** The states in which the method may run; one or more. */
    String[] from();

    /** The state that the row has when the method runs; none of {@link #from()}. */
    String to();

    /** States that a row gets only after {@link #to()}, so that they too tell of a repeated call. */
    String[] later() default {};

    /** A column of whole numbers that the change counts up, like the one of JPA's {@code @Version}; default none. */
    String version() default "";
}
