package io.holdfast.sample.bank;

import io.holdfast.api.HoldfastException;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.net.URI;
import java.util.Optional;

/** One of the services that the bank calls; its refusals come back as the bank's own. Thread-safe. */
final class Service {
    private static final int LONGEST_ECHO = 300;

    private final String name;
    private final URI address;
    private final Client client;

    Service(String name, URI address, Client client) {
        this.name = name;
        this.address = address;
        this.client = client;
    }

    /** Puts the body to the path, in which {@code {id}} stands for the id. */
    void put(String path, String id, JsonObject body) {
        String answer = call(path, id, request -> request.put(Entity.json(body.toString())));
        if (answer.isEmpty()) {
            throw new RefusedException(Reason.UNAVAILABLE, "The " + name + " service answered nothing");
        }
    }

    JsonArray list(String path) {
        String answer = call(path, "", Invocation.Builder::get);
        try (JsonReader reader = Json.createReader(new StringReader(answer))) {
            return reader.readArray();
        } catch (JsonException e) {
            throw new RefusedException(
                    Reason.UNAVAILABLE, "The " + name + " service answered '" + shortened(answer) + "'", e);
        }
    }

    private interface Call {
        Response send(Invocation.Builder request);
    }

    private String call(String path, String id, Call call) {
        Invocation.Builder request =
                client.target(address).path(path).resolveTemplate("id", id).request(MediaType.APPLICATION_JSON_TYPE);
        try (Response response = call.send(request)) {
            String text = response.readEntity(String.class);
            if (response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
                return text;
            }
            throw refusal(response.getStatus(), text);
        } catch (ProcessingException e) {
            if (e.getCause() instanceof HoldfastException own) {
                throw own;
            }
            throw new RefusedException(
                    Reason.UNAVAILABLE, "The " + name + " service at " + address + " is not reachable: " + e, e);
        }
    }

    /** What has no error text of the service comes from its server or from the LRA implementation there. */
    private RefusedException refusal(int status, String text) {
        Optional<String> error = error(text);
        String message = error.orElse("HTTP " + status + " '" + shortened(text) + "'");
        return new RefusedException(reason(status, error.isPresent()), "The " + name + " service refused: " + message);
    }

    private static Reason reason(int status, boolean byTheService) {
        return switch (status) {
            case 400 -> byTheService ? Reason.INVALID : Reason.UNAVAILABLE;
            case 404 -> byTheService ? Reason.UNKNOWN : Reason.UNAVAILABLE;
            case 409, 410, 412 -> Reason.CONFLICT;
            default -> Reason.UNAVAILABLE;
        };
    }

    private static Optional<String> error(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonValue error = reader.readObject().get("error");
            return error instanceof JsonString message ? Optional.of(message.getString()) : Optional.empty();
        } catch (JsonException | IllegalStateException e) {
            // Not written by the service itself; the caller shows the text as it is.
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "...";
    }
}
