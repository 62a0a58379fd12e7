package io.holdfast.tests.tcc.app;

import io.holdfast.api.ParticipantAlarm;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The alarms of the shop's participants since it was deployed. */
@ApplicationScoped
public class RaisedAlarms {
    private final Queue<ParticipantAlarm> raised = new ConcurrentLinkedQueue<>();

    void alarmed(@Observes ParticipantAlarm alarm) {
        raised.add(alarm);
    }

    /** One line for each participant of the order. */
    public List<String> of(String key) {
        return raised.stream()
                .filter(alarm -> alarm.participant().data().contains(key))
                .map(RaisedAlarms::line)
                .toList();
    }

    private static String line(ParticipantAlarm alarm) {
        return alarm.participant().method() + " " + alarm.decision() + (alarm.refused() ? " refused: " : ": ")
                + alarm.cause();
    }
}
