package io.holdfast.scenarios.context;

import io.holdfast.lra.LongRunningActions;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.jws.HandlerChain;
import jakarta.jws.WebService;

@WebService(
        endpointInterface = "io.holdfast.scenarios.context.SoapRooms",
        targetNamespace = SoapRooms.NAMESPACE,
        serviceName = SoapRooms.SERVICE,
        portName = "SoapRoomsPort")
@HandlerChain(file = "lra-handlers.xml")
public class SoapRoomsService implements SoapRooms {
    @Override
    public String book() {
        return CDI.current()
                .select(LongRunningActions.class)
                .get()
                .current()
                .map(Object::toString)
                .orElse(Rooms.NO_LRA);
    }
}
