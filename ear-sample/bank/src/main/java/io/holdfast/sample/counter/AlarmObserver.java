package io.holdfast.sample.counter;

import io.holdfast.api.ParticipantAlarm;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Hears of participants of the bank that do not do what they are told; an application would call somebody. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class AlarmObserver {
    @EJB
    private CounterNotes notes;

    void alarmed(@Observes ParticipantAlarm alarm) {
        notes.alarm(RaisedAlarm.of(alarm));
    }
}
