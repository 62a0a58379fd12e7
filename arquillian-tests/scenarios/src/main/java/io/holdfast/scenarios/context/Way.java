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
    /** To a web service. */
    SOAP,
    /** By a message that is answered by one. */
    JMS,
    /** By a MicroProfile REST client. */
    MICROPROFILE,
    /** By one whose method returns a stage. */
    MICROPROFILE_ASYNCHRONOUS
}
