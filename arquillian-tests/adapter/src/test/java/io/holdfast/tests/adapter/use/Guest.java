package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.interceptors.GlobalTransaction;
import io.holdfast.tests.adapter.app.Wish;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

/** Calls the hotel in a transaction, and looks how its LRA is when the call has returned. */
@Stateless
public class Guest {
    @Resource(name = "eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Resource
    private SessionContext context;

    @Inject
    private Rows rows;

    /** With the LRA that the connection gives. */
    public String bookByConnection(String key, URI hotel, Wish wish) {
        return book(
                key,
                wish,
                connection -> Http.send(
                        "POST",
                        hotel,
                        Map.of(HoldfastConnection.LRA_HEADER, connection.lra().toString())));
    }

    /** With the LRA that goes with the call by itself. */
    @GlobalTransaction
    public String bookGlobally(String key, URI hotel, Wish wish) {
        return book(key, wish, connection -> {
            try (Client client = ClientBuilder.newClient()) {
                client.target(hotel).request().post(Entity.text(key), String.class);
            }
        });
    }

    private String book(String key, Wish wish, Consumer<HoldfastConnection> call) {
        rows.insert(key);
        try (HoldfastConnection connection = holdfast.getConnection()) {
            call.accept(connection);
            String status = Http.send("GET", URI.create(connection.lra() + "/status"), Map.of());
            if (wish == Wish.ROLLBACK) {
                context.setRollbackOnly();
            }
            return status;
        }
    }
}
