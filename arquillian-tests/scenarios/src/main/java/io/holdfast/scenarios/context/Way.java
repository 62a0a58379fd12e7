package io.holdfast.scenarios.context;

/** How a call is made. */
public enum Way {
    SYNCHRONOUS,
    ASYNCHRONOUS,
    REACTIVE,
    /** By a task of the server's executor. */
    TASK,
    /** By one that was made contextual by hand. */
    CONTEXTUAL_TASK,
    /** By an {@code @Asynchronous} method of Jakarta Concurrency. */
    ASYNCHRONOUS_METHOD,
    /** By one of a session bean, which is given the LRA as an argument. */
    ASYNCHRONOUS_SESSION_BEAN,
    /** To a web service. */
    SOAP,
    /** By a message that is answered by one. */
    JMS,
    /** By a MicroProfile REST client. */
    MICROPROFILE,
    /** By one whose method returns a stage. */
    MICROPROFILE_ASYNCHRONOUS
}
