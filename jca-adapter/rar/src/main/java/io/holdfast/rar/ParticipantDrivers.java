package io.holdfast.rar;

import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.state.Participant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Chooses the driver by the form of the participant's address. Thread-safe. */
final class ParticipantDrivers implements ParticipantDriver {
    private final ParticipantDriver lras;
    private final ParticipantDriver http;
    private final ParticipantDriver local;
    private final ParticipantDriver notifications;
    private final ParticipantDriver unreadable = new Unreadable();
    private final Alarms alarms;

    ParticipantDrivers(
            ParticipantDriver lras,
            ParticipantDriver http,
            ParticipantDriver local,
            ParticipantDriver notifications,
            Alarms alarms) {
        this.alarms = alarms;
        this.lras = lras;
        this.http = http;
        this.local = local;
        this.notifications = notifications;
    }

    @Override
    public String endpointOf(Participant participant) {
        return driverOf(participant).endpointOf(participant);
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        return driverOf(call.participant()).deliver(call);
    }

    @Override
    public void alarmed(Alarm alarm) {
        alarms.raise(alarm);
    }

    private ParticipantDriver driverOf(Participant participant) {
        String address = participant.address();
        if (LraAddress.isOne(address)) {
            return lras;
        } else if (HttpAddress.isOne(address)) {
            return http;
        } else if (NotificationAddress.isOne(address)) {
            return notifications;
        } else {
            return LocalAddress.isOne(address) ? local : unreadable;
        }
    }

    /** For what a newer release has written: nothing is lost, and the older one waits. */
    private static final class Unreadable implements ParticipantDriver {
        @Override
        public String endpointOf(Participant participant) {
            return "unreadable";
        }

        @Override
        public CompletionStage<Answer> deliver(Call call) {
            String address = call.participant().address();
            if (call.attempt() <= 2) {
                AdapterMessage.UNREADABLE_PARTICIPANT.log(address);
            }
            return CompletableFuture.completedFuture(
                    new Answer.Unknown(AdapterMessage.UNREADABLE_PARTICIPANT.text(address)));
        }
    }
}
