package io.holdfast.sample.common;

import jakarta.json.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A refusal as HTTP status and {@code {"error": "..."}}. */
@Provider
public class RefusedExceptionMapper implements ExceptionMapper<RefusedException> {
    @Override
    public Response toResponse(RefusedException refused) {
        return Response.status(status(refused.reason()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Json.createObjectBuilder()
                        .add("error", refused.getMessage())
                        .build()
                        .toString())
                .build();
    }

    static int status(RefusedException.Reason reason) {
        return switch (reason) {
            case INVALID -> 400;
            case UNKNOWN -> 404;
            case CONFLICT -> 409;
            case FORBIDDEN_BY_BUSINESS -> 422;
            case UNAVAILABLE -> 503;
            case UNCLEAR -> 500;
        };
    }
}
