package io.holdfast.lra.model;

import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.eclipse.microprofile.lra.annotation.ParticipantStatus;

/**
 * What callbacks that are no methods of Jakarta REST may look like (MicroProfile LRA 2.0, "Non-JAX-RS participant methods" and
 * "Non-JAX-RS afterLRA method").
 */
final class Signatures {
    private static final List<List<Class<?>>> OF_PARTICIPANTS =
            List.of(List.of(), List.of(URI.class), List.of(URI.class, URI.class));
    private static final List<List<Class<?>>> OF_LISTENERS = List.of(List.of(URI.class, LRAStatus.class));

    private Signatures() {}

    /** What an AFTER returns is ignored, as its Javadoc says. */
    static boolean mayReturn(CallbackKind kind, Type type) {
        if (kind == CallbackKind.AFTER) {
            return true;
        }
        if (type instanceof ParameterizedType stage && stage.getRawType() == CompletionStage.class) {
            Type result = stage.getActualTypeArguments()[0];
            return tells(result) || (result == Void.class && kind != CallbackKind.STATUS);
        }
        return tells(type) || (type == void.class && kind != CallbackKind.STATUS);
    }

    private static boolean tells(Type type) {
        return type == ParticipantStatus.class || type == Response.class;
    }

    static String returnTypesOf(CallbackKind kind) {
        return (kind == CallbackKind.STATUS ? "" : "void, ")
                + "ParticipantStatus, Response and a CompletionStage of one of them";
    }

    static boolean mayTake(CallbackKind kind, Method method) {
        return parametersOf(kind).contains(List.of(method.getParameterTypes()));
    }

    static String parametersAllowedFor(CallbackKind kind) {
        return parametersOf(kind).stream()
                .map(types -> "(" + shown(types) + ")")
                .collect(Collectors.joining(", "));
    }

    private static List<List<Class<?>>> parametersOf(CallbackKind kind) {
        return kind == CallbackKind.AFTER ? OF_LISTENERS : OF_PARTICIPANTS;
    }

    static String parametersOf(Method method) {
        return shown(Arrays.asList(method.getParameterTypes()));
    }

    private static String shown(List<Class<?>> types) {
        return types.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }
}
