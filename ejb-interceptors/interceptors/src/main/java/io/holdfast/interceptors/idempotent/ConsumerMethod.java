package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Internal: a method that consumes messages, for what has to be done once instead of it. Immutable. */
public final class ConsumerMethod {
    private final Operation operation;

    private ConsumerMethod(Operation operation) {
        this.operation = operation;
    }

    /**
     * Empty unless the method is {@link Idempotent} with {@link Strategy#CONSUMED_MESSAGE}.
     *
     * @param target the class of the bean, or a subclass that the container has made of it
     * @throws IllegalArgumentException when it is, and is wrong
     */
    public static Optional<ConsumerMethod> of(Class<?> target, Method method) {
        return method.isAnnotationPresent(Idempotent.class)
                        && method.getAnnotation(Idempotent.class).strategy() == Strategy.CONSUMED_MESSAGE
                ? Optional.of(new ConsumerMethod(Operation.of(target, method)))
                : Optional.empty();
    }

    /** Where the records are, in JNDI. */
    public String dataSource() {
        return operation.dataSource();
    }

    /** Does it unless the message has been consumed, and records that it is, in the caller's transaction. */
    public void consume(@Nullable Object[] arguments, Callable<?> instead) throws Exception {
        new IdempotentCall(new ServerSurroundings(), operation).answer(arguments, instead::call);
    }
}
