package io.holdfast.lra.runtime;

import io.holdfast.lra.client.InvalidLraIdException;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.messages.ParticipantMessage;
import io.holdfast.lra.model.Callback;
import io.holdfast.lra.model.CallbackKind;
import io.holdfast.lra.runtime.CallbackTokens.Target;
import io.holdfast.lra.runtime.Participants.Instance;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.WebApplicationException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.jspecify.annotations.Nullable;

/** Calls the callbacks that are no JAX-RS methods, for coordinators that know their addresses. Thread-safe. */
public final class PlainCallbacks {
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final int BAD_REQUEST = 400;

    private final CallbackTokens tokens;
    private final Participants participants;
    private final Duration longestWait;

    /** @param longestWait for a stage that a callback returns; after it the coordinator is told that it goes on */
    PlainCallbacks(CallbackTokens tokens, Participants participants, Duration longestWait) {
        this.tokens = tokens;
        this.participants = participants;
        this.longestWait = longestWait;
    }

    /**
     * A call of a coordinator, or of somebody who says so.
     *
     * @param method of HTTP
     * @param path below the JAX-RS application's
     * @param lra the header Long-Running-Action
     * @param ended the header Long-Running-Action-Ended
     * @param body for AFTER the final status
     */
    public record Request(
            String method,
            String path,
            Optional<String> lra,
            Optional<String> ended,
            Optional<String> parent,
            String body) {}

    /** Whether the path is one of these; what is behind it may still be refused. */
    public static boolean isFor(String path) {
        return CallbackTokens.read(path).isPresent();
    }

    /** What the coordinator keeps for the participant, for its callback to read. */
    public DataCell dataOf(Optional<String> header) {
        return new DataCell(header.orElse(""));
    }

    /** Calls the method and waits for what it returns. */
    public CallbackAnswer call(Request request) {
        Target target = CallbackTokens.read(request.path()).orElseThrow();
        Optional<String> id = target.kind() == CallbackKind.AFTER ? request.ended() : request.lra();
        if (id.isEmpty() || !isGenuine(target, id.get())) {
            ParticipantMessage.CALLBACK_REFUSED.log(
                    target.kind() + " of " + target.classId(), "its address is not one for the LRA in its headers");
            return CallbackAnswer.of(NOT_FOUND);
        }
        if (!request.method().equals(target.kind().verb())) {
            return CallbackAnswer.of(WRONG_METHOD);
        }
        Optional<Class<?>> type = participants.withPlainCallbacks(target.classId());
        Optional<Callback> callback = type.flatMap(participants::model).flatMap(model -> model.callback(target.kind()));
        if (type.isEmpty() || !(callback.orElse(null) instanceof Callback.Plain plain)) {
            ParticipantMessage.CALLBACK_REFUSED.log(
                    target.kind() + " of " + target.classId(), "this application has no such class, or not any more");
            return CallbackAnswer.of(NOT_FOUND);
        }
        Optional<LRAStatus> outcome = status(request.body());
        if (target.kind() == CallbackKind.AFTER && outcome.isEmpty()) {
            return CallbackAnswer.of(BAD_REQUEST);
        }
        return call(type.get(), plain.method(), target.kind(), new Arguments(id.get(), request.parent(), outcome));
    }

    private boolean isGenuine(Target target, String lra) {
        try {
            return tokens.isGenuine(target, LraId.parse(lra).uid());
        } catch (InvalidLraIdException stranger) {
            return false;
        }
    }

    private static Optional<LRAStatus> status(String word) {
        return Arrays.stream(LRAStatus.values())
                .filter(status -> status.name().equals(word.strip()))
                .findFirst();
    }

    private record Arguments(String lra, Optional<String> parent, Optional<LRAStatus> outcome) {
        @Nullable
        Object[] of(Method method, CallbackKind kind) {
            URI id = URI.create(lra);
            if (kind == CallbackKind.AFTER) {
                return new Object[] {id, outcome.orElseThrow()};
            }
            @Nullable Object[] all = {id, parent.map(URI::create).orElse(null)};
            return Arrays.copyOf(all, method.getParameterCount());
        }
    }

    private CallbackAnswer call(Class<?> type, Method method, CallbackKind kind, Arguments arguments) {
        String name = type.getName() + "#" + method.getName();
        try (Instance instance = participants.instance(type)) {
            method.trySetAccessible();
            Object value = method.invoke(instance.get(), arguments.of(method, kind));
            boolean isStage = kind != CallbackKind.AFTER && value instanceof CompletionStage<?>;
            Object result = isStage ? await((CompletionStage<?>) value) : value;
            return CallbackAnswer.ofValue(kind, result, isVoid(method));
        } catch (TimeoutException goesOn) {
            return CallbackAnswer.inProgress();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return CallbackAnswer.of(Statuses.UNAVAILABLE);
        } catch (Exception failure) {
            Throwable cause = unwrapped(failure);
            if (!(cause instanceof WebApplicationException)) {
                ParticipantMessage.CALLBACK_FAILED.log(
                        cause, name, arguments.lra(), kind.relation(), String.valueOf(cause));
            }
            return CallbackAnswer.ofFailure(kind, cause);
        }
    }

    private @Nullable Object await(CompletionStage<?> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean isVoid(Method method) {
        return method.getReturnType() == void.class
                || (method.getGenericReturnType() instanceof ParameterizedType stage
                        && stage.getActualTypeArguments()[0] == Void.class);
    }

    /** What the method itself threw: reflection, stages and EJB containers wrap it. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof InvocationTargetException
                || failure instanceof ExecutionException
                || failure instanceof CompletionException
                || failure instanceof EJBException;
    }
}
