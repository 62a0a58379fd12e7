package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HttpParticipant;
import java.net.URI;
import java.util.Map;

/** What a transaction does with one adapter: a service takes part, and another joins the LRA. */
public final class Part {
    private Part() {}

    /** @param services where {@code /service/confirm}, {@code /service/cancel} and {@code /join} are */
    static void take(HoldfastConnectionFactory adapter, String key, URI services) {
        try (HoldfastConnection connection = adapter.getConnection()) {
            connection.enlist(participant(key, services));
            Http.send(
                    "POST",
                    services.resolve("/join?key=" + key),
                    Map.of(HoldfastConnection.LRA_HEADER, connection.lra().toString()));
        }
    }

    static HttpParticipant participant(String key, URI services) {
        return new HttpParticipant(
                services.resolve("/service/confirm?key=" + key), services.resolve("/service/cancel?key=" + key), null);
    }
}
