package io.holdfast.coordinator.operations;

import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.messages.CoordinatorMessage;
import io.holdfast.coordinator.participant.Callbacks;
import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.AlarmSender;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.time.Timers;
import jakarta.json.Json;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Sends alarms to an address by POST, as JSON; as often as {@link AlarmSender} does. Thread-safe. */
public final class AlarmHook {
    private final AlarmSender sender;
    private final AtomicLong notSent = new AtomicLong();

    public AlarmHook(URI address, Callbacks callbacks, Timers timers) {
        this.sender = new AlarmSender(
                json -> callbacks
                        .send("POST", address, Map.of("Content-Type", "application/json"), json)
                        .thenApply(Callbacks.Reply::status),
                timers,
                (why, json) -> {
                    notSent.incrementAndGet();
                    CoordinatorMessage.ALARM_NOT_SENT.log(address, why, json);
                });
    }

    public void tell(Alarm alarm) {
        sender.send(json(alarm));
    }

    /** How many were given up since the start. */
    public long notSent() {
        return notSent.get();
    }

    static String json(Alarm alarm) {
        return Json.createObjectBuilder()
                .add("lra", Lra.of(alarm.transaction()).id().toString())
                .add("participant", alarm.participant().id().value())
                .add("links", alarm.participant().address())
                .add("instruction", word(alarm.instruction()))
                .add("attempts", alarm.attempts())
                .add("refused", alarm.refused())
                .add("cause", alarm.cause())
                .build()
                .toString();
    }

    /** The callback that tells it. */
    public static String word(Instruction instruction) {
        return switch (instruction) {
            case PREPARE -> "prepare";
            case CONFIRM -> "complete";
            case CANCEL -> "compensate";
            case FORGET -> "forget";
            case OUTCOME -> "after";
        };
    }
}
