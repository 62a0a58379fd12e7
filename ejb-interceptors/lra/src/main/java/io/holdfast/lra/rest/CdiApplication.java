package io.holdfast.lra.rest;

import io.holdfast.lra.LraParticipantData;
import io.holdfast.lra.cdi.ApplicationRuntime;
import io.holdfast.lra.runtime.DataCell;
import io.holdfast.lra.runtime.ParticipantRuntime;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;

/** The application whose code runs on this thread. */
final class CdiApplication implements Application {
    @Override
    public Optional<ParticipantRuntime> runtime() {
        return CDI.current().select(ApplicationRuntime.class).get().runtime();
    }

    @Override
    public void show(DataCell data) {
        var unused = CDI.current().select(LraParticipantData.class).get().attach(data);
    }
}
