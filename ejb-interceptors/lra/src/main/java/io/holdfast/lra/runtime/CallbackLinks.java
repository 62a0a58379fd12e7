package io.holdfast.lra.runtime;

import io.holdfast.lra.client.LraId;
import io.holdfast.lra.model.Callback;
import io.holdfast.lra.model.CallbackKind;
import io.holdfast.lra.model.ResourceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the Link headers by which classes join and leave. The same class, address and LRA give the same header. Thread-safe. */
final class CallbackLinks {
    private final CallbackTokens tokens;

    CallbackLinks(CallbackTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The callbacks of a class.
     *
     * @param base of the JAX-RS application, without a slash at the end
     * @param pathParameters of the request, encoded
     */
    Optional<String> of(ResourceModel model, String base, Map<String, String> pathParameters, LraId lra) {
        if (!model.joins()) {
            return Optional.empty();
        }
        List<String> links = new ArrayList<>();
        for (CallbackKind kind : CallbackKind.values()) {
            model.callback(kind)
                    .ifPresent(callback ->
                            links.add(link(base + path(model.type(), callback, pathParameters, lra), kind)));
        }
        return Optional.of(String.join(", ", links));
    }

    private String path(Class<?> type, Callback callback, Map<String, String> pathParameters, LraId lra) {
        if (callback instanceof Callback.Rest rest) {
            return PathTemplate.fill(rest.path(), pathParameters);
        }
        return tokens.path(type, callback.kind(), lra.uid());
    }

    private static String link(String url, CallbackKind kind) {
        return "<" + url + ">; rel=\"" + kind.relation() + "\"; title=\"" + kind.relation()
                + " URI\"; type=\"text/plain\"";
    }
}
