package io.holdfast.lra.rest;

import io.holdfast.lra.runtime.DataCell;
import io.holdfast.lra.runtime.ParticipantRuntime;
import java.util.Optional;

/** The application that a filter works for. */
interface Application {
    /** Empty where the server's own participants serve it. */
    Optional<ParticipantRuntime> runtime();

    /** Lets the beans of this request see its participant's data. */
    void show(DataCell data);
}
