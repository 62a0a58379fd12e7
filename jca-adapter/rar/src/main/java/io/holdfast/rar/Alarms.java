package io.holdfast.rar;

import io.holdfast.api.ParticipantAlarm;
import io.holdfast.engine.delivery.Alarm;
import java.util.Optional;

/** Tells of a participant that does not do what it is told: counts it, and tells its application and the configured address. Thread-safe. */
final class Alarms {
    private final Statistics statistics;
    private final Optional<AlarmHook> hook;
    private final LocalApplications applications;
    private final BeanThreads threads;

    Alarms(Statistics statistics, Optional<AlarmHook> hook, LocalApplications applications, BeanThreads threads) {
        this.statistics = statistics;
        this.hook = hook;
        this.applications = applications;
        this.threads = threads;
    }

    void raise(Alarm alarm) {
        statistics.count(Statistics.Counter.ALARMS);
        hook.ifPresent(told -> told.tell(alarm));
        if (LocalAddress.isOne(alarm.participant().address()) && LocalDriver.tells(alarm.instruction())) {
            LocalAddress address = LocalAddress.decode(alarm.participant().address());
            ParticipantAlarm told = LocalDriver.localAlarm(alarm, address);
            applications.find(address.application()).ifPresent(application -> application.tell(told, threads));
        }
    }
}
