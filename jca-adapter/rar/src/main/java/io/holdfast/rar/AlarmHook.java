package io.holdfast.rar;

import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.time.Timers;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Sends alarms to an address by POST, as JSON; again at growing intervals when it does not answer with 2xx, then no more. Thread-safe. */
final class AlarmHook {
    private static final int MOST_ATTEMPTS = 6;
    private static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);

    private final URI address;
    private final HttpCalls http;
    private final Timers timers;

    AlarmHook(URI address, HttpCalls http, Timers timers) {
        this.address = address;
        this.http = http;
        this.timers = timers;
    }

    void tell(Alarm alarm) {
        send(json(alarm), 1, FIRST_INTERVAL);
    }

    private void send(String json, int attempt, Duration interval) {
        var unused = http.send("POST", address, Map.of("Content-Type", "application/json"), json)
                .whenComplete((reply, failure) -> {
                    if (failure == null && reply.status() / 100 == 2) {
                        return;
                    }
                    if (attempt < MOST_ATTEMPTS) {
                        timers.schedule(interval, () -> send(json, attempt + 1, interval.multipliedBy(2)));
                    } else {
                        AdapterMessage.ALARM_NOT_SENT.log(
                                address, failure == null ? "status " + reply.status() : failure, json);
                    }
                });
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
