package io.holdfast.rar;

import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.AlarmSender;
import io.holdfast.engine.time.Timers;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** Sends alarms to an address by POST, as JSON; as often as {@link AlarmSender} does. Thread-safe. */
final class AlarmHook {
    private final AlarmSender sender;

    AlarmHook(URI address, HttpCalls http, Timers timers) {
        this.sender = new AlarmSender(
                json -> http.send("POST", address, Map.of("Content-Type", "application/json"), json)
                        .thenApply(HttpCalls.Reply::status),
                timers,
                (why, json) -> AdapterMessage.ALARM_NOT_SENT.log(address, why, json));
    }

    void tell(Alarm alarm) {
        sender.send(json(alarm));
    }

    static String json(Alarm alarm) {
        return "{\"transaction\":" + text(alarm.transaction().id().value())
                + ",\"xid\":"
                + text(XidCodec.decode(alarm.transaction().origin())
                        .map(XidValue::toString)
                        .orElse(""))
                + ",\"participant\":" + text(alarm.participant().id().value())
                + ",\"address\":" + text(alarm.participant().address())
                + ",\"instruction\":" + text(alarm.instruction().name().toLowerCase(Locale.ROOT))
                + ",\"attempts\":" + alarm.attempts()
                + ",\"refused\":" + alarm.refused()
                + ",\"cause\":" + text(alarm.cause()) + "}";
    }

    private static String text(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
