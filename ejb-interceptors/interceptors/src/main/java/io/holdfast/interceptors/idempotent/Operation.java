package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.BeanClass;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import io.holdfast.interceptors.idempotent.Idempotent.WhileRunning;
import io.holdfast.interceptors.jdbc.Keys;
import io.holdfast.interceptors.json.StoredValues;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An {@link Idempotent} method, read and checked. Immutable. */
record Operation(
        String name,
        Strategy strategy,
        Key key,
        Type result,
        String dataSource,
        Duration longestWait,
        StateGuard guard) {
    /** The longest name, in characters. */
    static final int NAME_LENGTH = 200;

    private static final int LONGEST_WAIT_SECONDS = 300;
    private static final Duration REFUSE_AT_ONCE = Duration.ofMillis(1);
    private static final Map<Called, Operation> READ = new ConcurrentHashMap<>();

    /** Beans that inherit a method have an operation each. */
    private record Called(Class<?> target, Method method) {}

    /**
     * @param target the class of the bean, or a subclass that the container has made of it
     * @throws IllegalArgumentException with number, class, method and what is wrong
     */
    static Operation of(Class<?> target, Method method) {
        return READ.computeIfAbsent(new Called(target, method), Operation::read);
    }

    private static Operation read(Called called) {
        Method method = called.method;
        String place = BeanClass.of(called.target).getName() + "#" + method.getName();
        try {
            Idempotent annotation = method.getAnnotation(Idempotent.class);
            if (annotation == null) {
                throw new IllegalArgumentException("the annotation belongs on a method");
            }
            require(
                    (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL)) == 0,
                    "a private, static or final method cannot be intercepted");
            return read(method, annotation, annotation.operation().isEmpty() ? place : annotation.operation());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(InterceptorMessage.WRONG_IDEMPOTENT.with(place, e.getMessage()), e);
        }
    }

    private static Operation read(Method method, Idempotent annotation, String name) {
        require(
                Keys.isSound(name, NAME_LENGTH),
                "the operation '" + name + "' must have 1 to " + NAME_LENGTH + " characters");
        int seconds = annotation.waitSeconds();
        require(
                seconds >= 1 && seconds <= LONGEST_WAIT_SECONDS,
                "waitSeconds is " + seconds + "; allowed are 1 to " + LONGEST_WAIT_SECONDS);
        checkResult(method, annotation.strategy());
        GuardCheck.check(annotation);
        return new Operation(
                name,
                annotation.strategy(),
                key(method, annotation, name),
                method.getGenericReturnType(),
                annotation.dataSource(),
                annotation.whileRunning() == WhileRunning.REFUSE ? REFUSE_AT_ONCE : Duration.ofSeconds(seconds),
                annotation.guard());
    }

    private static void checkResult(Method method, Strategy strategy) {
        if (method.getReturnType() == void.class) {
            return;
        }
        require(
                strategy == Strategy.UNIQUE_KEY,
                "it returns a " + method.getReturnType().getTypeName() + ", but " + strategy
                        + " keeps no result for repeated calls: make it void or use UNIQUE_KEY");
        StoredValues.obstacle(method.getGenericReturnType()).ifPresent(obstacle -> {
            throw new IllegalArgumentException("its result cannot be kept for repeated calls: " + obstacle);
        });
    }

    private static Key key(Method method, Idempotent annotation, String name) {
        List<String> expressions = List.of(annotation.key());
        if (expressions.isEmpty() && annotation.strategy() == Strategy.CONSUMED_MESSAGE) {
            expressions = List.of(KeyParts.MESSAGE_ID);
        }
        require(!expressions.isEmpty(), "it has no key");
        require(
                expressions.size() == 1 || annotation.strategy() != Strategy.STATE_GUARD,
                "STATE_GUARD takes one key, the value of the row's id");
        List<KeyPart> parts = new ArrayList<>();
        for (String expression : expressions) {
            try {
                parts.add(KeyParts.parse(expression, method));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("its key '" + expression + "': " + e.getMessage(), e);
            }
        }
        return new Key(name, expressions, List.copyOf(parts));
    }

    static void require(boolean fine, String otherwise) {
        if (!fine) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
