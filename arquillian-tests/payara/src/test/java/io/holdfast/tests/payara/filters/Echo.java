package io.holdfast.tests.payara.filters;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** A service that answers with the LRA that the call brought. */
@RegisterRestClient(configKey = "echo")
@Path("echo")
public interface Echo {
    @GET
    String lra();
}
