package io.holdfast.lra.model;

import java.lang.reflect.Method;

/** A method of a participant that is called when its LRA ends, or has ended. */
public sealed interface Callback {
    CallbackKind kind();

    Method method();

    /**
     * One that Jakarta REST calls.
     *
     * @param path below the application's; begins with a slash and has the templates of the class's {@code @Path} as they stand there
     */
    record Rest(CallbackKind kind, Method method, String path) implements Callback {}

    /** One that the library calls on the bean, with the id of the LRA and then its parent's, or with its final status for AFTER. */
    record Plain(CallbackKind kind, Method method) implements Callback {}
}
