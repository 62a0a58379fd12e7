package io.holdfast.coordinator.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every answer carries the version of the contract: the one that the client named, as Narayana does, else the default. */
public final class ApiVersionFilter implements ContainerResponseFilter {
    private static final String DEFAULT_VERSION = "1.2";
    private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){0,3}");

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(Headers.API_VERSION, version(request.getHeaderString(Headers.API_VERSION)));
    }

    static String version(@Nullable String requested) {
        if (requested == null || requested.equals(DEFAULT_VERSION)) {
            return DEFAULT_VERSION;
        }
        return VERSION.matcher(requested).matches() ? requested : DEFAULT_VERSION;
    }

    /** Whether the client knows that an end that is under way is answered 202, as from version 2.0. */
    static boolean knowsAccepted(@Nullable String requested) {
        String version = version(requested);
        int dot = version.indexOf('.');
        return Integer.parseInt(dot < 0 ? version : version.substring(0, dot)) >= 2;
    }
}
