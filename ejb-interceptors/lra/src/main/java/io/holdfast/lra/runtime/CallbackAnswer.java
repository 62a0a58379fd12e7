package io.holdfast.lra.runtime;

import io.holdfast.lra.model.CallbackKind;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.lra.annotation.ParticipantStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator is answered for a callback that is no JAX-RS method (MicroProfile LRA 2.0, "Non-JAX-RS participant methods").
 *
 * @param location of a 202, where the progress can be asked for
 */
public record CallbackAnswer(int status, String body, Optional<String> location) {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    static CallbackAnswer of(int status) {
        return new CallbackAnswer(status, "", Optional.empty());
    }

    private static CallbackAnswer of(int status, ParticipantStatus said) {
        return new CallbackAnswer(status, said.name(), Optional.empty());
    }

    /** It is not done yet and nothing is known of how it goes on. */
    static CallbackAnswer inProgress() {
        return of(ACCEPTED);
    }

    /**
     * What a method's value means.
     *
     * @param isVoid whether there is none, rather than null
     */
    static CallbackAnswer ofValue(CallbackKind kind, @Nullable Object value, boolean isVoid) {
        if (kind == CallbackKind.AFTER) {
            return of(OK);
        }
        if (value instanceof Response response) {
            return ofResponse(response);
        }
        if (value instanceof ParticipantStatus status) {
            return ofStatus(kind, status);
        }
        return switch (kind) {
            case COMPENSATE -> isVoid ? of(OK, ParticipantStatus.Compensated) : of(Statuses.GONE);
            case COMPLETE -> isVoid ? of(OK, ParticipantStatus.Completed) : of(Statuses.GONE);
            case STATUS, FORGET, AFTER -> isVoid ? of(OK) : of(Statuses.GONE);
        };
    }

    private static CallbackAnswer ofStatus(CallbackKind kind, ParticipantStatus status) {
        if (kind == CallbackKind.STATUS) {
            return of(OK, status);
        }
        return switch (status) {
            case Compensated, Completed -> of(OK, status);
            case Compensating, Completing -> of(ACCEPTED, status);
            case FailedToCompensate, FailedToComplete -> of(CONFLICT, status);
            // It says that it was not told yet, so that it is told again.
            case Active -> of(SERVER_ERROR, status);
        };
    }

    private static CallbackAnswer ofResponse(Response response) {
        Object entity = response.getEntity();
        String body = entity == null ? "" : String.valueOf(entity);
        return new CallbackAnswer(
                response.getStatus(), body, Optional.ofNullable(response.getHeaderString("Location")));
    }

    /** What an exception means. */
    static CallbackAnswer ofFailure(CallbackKind kind, Throwable failure) {
        if (failure instanceof WebApplicationException web) {
            return ofResponse(web.getResponse());
        }
        return switch (kind) {
            case COMPENSATE -> of(CONFLICT, ParticipantStatus.FailedToCompensate);
            case COMPLETE -> of(CONFLICT, ParticipantStatus.FailedToComplete);
            case STATUS, FORGET, AFTER -> of(SERVER_ERROR);
        };
    }
}
