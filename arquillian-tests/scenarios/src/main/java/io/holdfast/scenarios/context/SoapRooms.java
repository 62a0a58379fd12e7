package io.holdfast.scenarios.context;

import jakarta.jws.WebMethod;
import jakarta.jws.WebService;

/** A web service that tells with which LRA it was called. */
@WebService(targetNamespace = SoapRooms.NAMESPACE)
public interface SoapRooms {
    String NAMESPACE = "urn:io.holdfast:rooms";

    /** The name of the service, and where it is below the application. */
    String SERVICE = "SoapRooms";

    @WebMethod
    String book();
}
