package io.holdfast.sample.counter;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

/**
 * An alarm that the adapter raised for a participant of the bank's.
 *
 * @param participant bean and method of the try
 * @param decision what it is told
 * @param cause what came of the last attempt
 */
public record RaisedAlarm(String participant, String decision, int attempts, String cause) {
    JsonObjectBuilder json() {
        return Json.createObjectBuilder()
                .add("participant", participant)
                .add("decision", decision)
                .add("attempts", attempts)
                .add("cause", cause);
    }
}
