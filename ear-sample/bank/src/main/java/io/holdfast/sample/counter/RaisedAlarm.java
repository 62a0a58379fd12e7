package io.holdfast.sample.counter;

import io.holdfast.api.Enlisted;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.ParticipantAlarm;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * An alarm that the adapter raised for a participant of the bank's.
 *
 * @param enlisted whose it is
 * @param participant bean and method of the try
 * @param decision what it is told
 * @param refused whether it refused for good
 * @param cause what came of the last attempt
 * @param payment that stays frozen
 */
public record RaisedAlarm(
        Enlisted enlisted,
        String participant,
        Decision decision,
        int attempts,
        boolean refused,
        String cause,
        Optional<String> payment) {
    static RaisedAlarm of(ParticipantAlarm alarm) {
        String bean = alarm.participant().bean();
        return new RaisedAlarm(
                alarm.enlisted(),
                bean.substring(bean.lastIndexOf('.') + 1) + "."
                        + alarm.participant().method(),
                alarm.decision(),
                alarm.attempts(),
                alarm.refused(),
                alarm.cause(),
                VaultStuckException.payment(alarm.cause()));
    }

    JsonObjectBuilder json() {
        return Json.createObjectBuilder()
                .add("enlisted", enlisted.text())
                .add("participant", participant)
                .add("decision", decision.name())
                .add("attempts", attempts)
                .add("refused", refused)
                .add("cause", cause)
                .add("payment", payment.orElse(""));
    }
}
