package io.holdfast.sample.bank;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.net.URI;

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
            throw new RefusedException(
                    reason(response.getStatus()),
                    "The " + name + " service refused: " + error(response.getStatus(), text));
        } catch (ProcessingException e) {
            throw new RefusedException(
                    Reason.UNAVAILABLE, "The " + name + " service at " + address + " is not reachable: " + e, e);
        }
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 400 -> Reason.INVALID;
            case 404 -> Reason.UNKNOWN;
            case 409, 410, 412 -> Reason.CONFLICT;
            default -> Reason.UNAVAILABLE;
        };
    }

    private static String error(int status, String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject().getString("error");
        } catch (JsonException | IllegalStateException | NullPointerException | ClassCastException e) {
            return "HTTP " + status + " '" + shortened(text) + "'";
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "...";
    }
}
