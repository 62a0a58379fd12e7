package io.holdfast.tests.payara.filters;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import java.net.URI;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Every kind of client that a Jakarta EE application with MicroProfile has. */
@ApplicationScoped
public class Clients {
    @Inject
    @RestClient
    private Echo injected;

    /** What the service has answered. */
    public String call(String client, URI service) {
        return switch (client) {
            case "jakarta" -> jakarta(service);
            case "built" ->
                RestClientBuilder.newBuilder()
                        .baseUri(service)
                        .build(Echo.class)
                        .lra();
            case "injected" -> injected.lra();
            default -> throw new IllegalArgumentException(client);
        };
    }

    private static String jakarta(URI service) {
        try (Client client = ClientBuilder.newClient()) {
            return client.target(service).path("echo").request().get(String.class);
        }
    }
}
