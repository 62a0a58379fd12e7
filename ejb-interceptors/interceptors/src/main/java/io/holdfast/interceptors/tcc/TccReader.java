package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.idempotent.Idempotent;
import io.holdfast.interceptors.json.StoredValues;
import jakarta.ejb.Stateful;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.Transactional;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Reads one method with {@link Tcc} or {@link Compensable} and says what is wrong with it. */
final class TccReader {
    private static final Set<String> OTHER_TRANSACTION = Set.of("REQUIRES_NEW", "NOT_SUPPORTED", "NEVER");
    /** By name, since not every server has all of them. */
    private static final Set<String> ASYNCHRONOUS = Set.of(
            "jakarta.ejb.Asynchronous",
            "jakarta.enterprise.concurrent.Asynchronous",
            "org.eclipse.microprofile.faulttolerance.Asynchronous");

    private final Class<?> bean;
    private final Method attempt;
    private final Class<? extends Annotation> annotation;

    private TccReader(Class<?> bean, Method attempt, Class<? extends Annotation> annotation) {
        this.bean = bean;
        this.attempt = attempt;
        this.annotation = annotation;
    }

    static boolean isOne(AnnotatedElement method) {
        return method.isAnnotationPresent(Tcc.class) || method.isAnnotationPresent(Compensable.class);
    }

    /** How messages call what the method, which {@linkplain #isOne is one}, is annotated with. */
    static String annotation(AnnotatedElement method) {
        return method.isAnnotationPresent(Tcc.class) ? "@Tcc" : "@Compensable";
    }

    /**
     * The method, which {@linkplain #isOne is one}.
     *
     * @throws IllegalArgumentException numbered, naming class and method
     */
    static TccMethod read(Class<?> bean, Method attempt) {
        Tcc tcc = attempt.getAnnotation(Tcc.class);
        Compensable action = attempt.getAnnotation(Compensable.class);
        TccReader reader = new TccReader(bean, attempt, tcc == null ? Compensable.class : Tcc.class);
        reader.require(tcc == null || action == null, "it is @Compensable as well");
        reader.checkBean();
        reader.checkAttempt();
        return tcc == null ? reader.action(Objects.requireNonNull(action)) : reader.reservation(tcc);
    }

    private TccMethod reservation(Tcc tcc) {
        Method confirm = callback("confirm", tcc.confirm());
        Method cancel = callback("cancel", tcc.cancel());
        return checked(new TccMethod(bean, attempt, Optional.of(confirm), cancel, Fencing.of(tcc)));
    }

    private TccMethod action(Compensable action) {
        Method undo = callback("undo", action.undo());
        return checked(new TccMethod(bean, attempt, Optional.empty(), undo, Fencing.of(action)));
    }

    private TccMethod checked(TccMethod method) {
        Fencing fencing = method.fencing();
        require(!fencing.traced() || fencing.used(), "it is traced, which only a fence does, and has fence = false");
        if (method.wantsResult()) {
            checkStorable("its result", attempt.getGenericReturnType());
        }
        return method;
    }

    private void checkBean() {
        require(
                !bean.isAnnotationPresent(Stateful.class),
                "the bean is stateful, so that nobody could confirm it later");
        TransactionManagement management = bean.getAnnotation(TransactionManagement.class);
        require(
                management == null || management.value() == TransactionManagementType.CONTAINER,
                "the bean manages its transactions itself, so that its change would not commit with the fence");
    }

    private void checkAttempt() {
        checkCallable("it", attempt);
        checkTransaction("it", attempt);
        checkSynchronous("it", attempt);
        require(
                !attempt.isAnnotationPresent(Idempotent.class),
                "it is @Idempotent as well, so that a repeated call would do nothing for the transaction that then confirms or cancels it");
        Type[] types = attempt.getGenericParameterTypes();
        for (int i = 0; i < types.length; i++) {
            checkStorable("its argument " + (i + 1), types[i]);
        }
    }

    private void checkStorable(String what, Type type) {
        Optional<String> obstacle = StoredValues.obstacle(type);
        require(obstacle.isEmpty(), what + " cannot be stored: " + obstacle.orElse(""));
    }

    private Method callback(String role, String name) {
        List<Method> found = methodsNamed(name);
        String what = "its " + role + " method '" + name + "'";
        require(!found.isEmpty(), what + " does not exist");
        require(found.size() == 1, what + " exists " + found.size() + " times, so that it is not clear which is meant");
        Method callback = found.get(0);
        checkCallable(what, callback);
        checkTransaction(what, callback);
        checkSynchronous(what, callback);
        require(!callback.isAnnotationPresent(Tcc.class), what + " is @Tcc itself");
        require(!callback.isAnnotationPresent(Compensable.class), what + " is @Compensable itself");
        Type[] types = callback.getGenericParameterTypes();
        Type[] arguments = attempt.getGenericParameterTypes();
        Type result = wrapped(attempt.getGenericReturnType());
        boolean same = Arrays.equals(types, arguments);
        boolean withResult = types.length == arguments.length + 1
                && Arrays.equals(Arrays.copyOf(types, arguments.length), arguments)
                && wrapped(types[arguments.length]).equals(result);
        require(
                same || withResult,
                what + " must have the parameters " + Arrays.toString(arguments)
                        + ", and may have one more for the result (" + result.getTypeName() + "), not "
                        + Arrays.toString(types));
        if (withResult) {
            checkNullable(what, types[arguments.length]);
        }
        return callback;
    }

    /** A cancel finds no result after a crash that came before it was stored; a confirm neither, where others close the LRA after it. */
    private void checkNullable(String what, Type result) {
        require(
                result.equals(wrapped(result)),
                what + " takes the result as the primitive " + result.getTypeName()
                        + ", but gets null when the method did not return: let it take a "
                        + wrapped(result).getTypeName());
    }

    private static Type wrapped(Type type) {
        return type instanceof Class<?> primitive && primitive != void.class
                ? MethodType.methodType(primitive).wrap().returnType()
                : type;
    }

    /** One for each signature, the most derived. */
    private List<Method> methodsNamed(String name) {
        Map<String, Method> bySignature = new LinkedHashMap<>();
        for (Class<?> type = bean; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(name) && !method.isSynthetic()) {
                    bySignature.putIfAbsent(TccMethod.signature(method), method);
                }
            }
        }
        return new ArrayList<>(bySignature.values());
    }

    private void checkCallable(String what, Method method) {
        int modifiers = method.getModifiers();
        require(Modifier.isPublic(modifiers), what + " is not public");
        require(!Modifier.isStatic(modifiers), what + " is static");
        require(!Modifier.isFinal(modifiers), what + " is final");
    }

    /** Who calls it takes its return for its end. */
    private void checkSynchronous(String what, Method method) {
        Stream.of(method, bean, method.getDeclaringClass())
                .flatMap(annotated -> Arrays.stream(annotated.getAnnotations()))
                .map(annotation -> annotation.annotationType().getName())
                .filter(ASYNCHRONOUS::contains)
                .findFirst()
                .ifPresent(found -> require(
                        false, what + " is @" + found + ", so that it would go on after its transaction has ended"));
        Class<?> result = method.getReturnType();
        require(
                !Future.class.isAssignableFrom(result) && !CompletionStage.class.isAssignableFrom(result),
                what + " returns a " + result.getName() + ", so that it may go on after its transaction has ended");
    }

    private void checkTransaction(String what, Method method) {
        String attribute = transactionAttribute(method);
        require(
                !OTHER_TRANSACTION.contains(attribute),
                what + " has the transaction attribute " + attribute
                        + ", so that it would leave the caller's transaction");
    }

    private String transactionAttribute(Method method) {
        TransactionAttribute ejb = method.getAnnotation(TransactionAttribute.class);
        Transactional cdi = method.getAnnotation(Transactional.class);
        if (ejb != null) {
            return ejb.value().name();
        } else if (cdi != null) {
            return cdi.value().name();
        }
        TransactionAttribute ofBean = method.getDeclaringClass().getAnnotation(TransactionAttribute.class);
        Transactional cdiOfBean = bean.getAnnotation(Transactional.class);
        if (ofBean != null) {
            return ofBean.value().name();
        }
        return cdiOfBean == null ? "REQUIRED" : cdiOfBean.value().name();
    }

    static IllegalArgumentException mistake(String where, String annotation, String otherwise) {
        return new IllegalArgumentException(InterceptorMessage.WRONG_PARTICIPANT.with(where, annotation, otherwise));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw mistake(bean.getName() + "#" + attempt.getName(), "@" + annotation.getSimpleName(), otherwise);
        }
    }
}
