package io.holdfast.lra.model;

import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.util.Locale;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.Forget;
import org.eclipse.microprofile.lra.annotation.Status;

/** What a participant's method is called for (specification, "Participant marker annotations method signatures"). */
public enum CallbackKind {
    COMPENSATE(Compensate.class, HttpMethod.PUT),
    COMPLETE(Complete.class, HttpMethod.PUT),
    STATUS(Status.class, HttpMethod.GET),
    FORGET(Forget.class, HttpMethod.DELETE),
    AFTER(AfterLRA.class, HttpMethod.PUT);

    private final Class<? extends Annotation> annotation;
    private final String verb;

    CallbackKind(Class<? extends Annotation> annotation, String verb) {
        this.annotation = annotation;
        this.verb = verb;
    }

    Class<? extends Annotation> annotation() {
        return annotation;
    }

    /** The HTTP method that coordinators call it by. */
    public String verb() {
        return verb;
    }

    /** The relation in the Link header by which a participant joins. */
    public String relation() {
        return name().toLowerCase(Locale.ROOT);
    }
}
