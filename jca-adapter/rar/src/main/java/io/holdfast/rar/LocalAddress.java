package io.holdfast.rar;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalParticipant;
import io.holdfast.engine.state.ParticipantId;

/**
 * A local participant as the engine keeps it, but for its data. Written as {@code local1 number application bean method signature},
 * each URL-encoded and separated by blanks.
 *
 * @param number unlike that of any other, so that each enlistment is a participant of its own
 */
record LocalAddress(String number, String application, String bean, String method, String signature) {
    static final int MAX_NAME_CHARACTERS = 1024;
    private static final int MAX_DATA_CHARACTERS = 65_536;
    private static final String VERSION = "local1";
    private static final int FIELDS = 6;

    /** @throws HoldfastException for a text that is empty or too long */
    static LocalAddress checked(LocalParticipant participant, String number) {
        checkName("application", participant.application(), 1);
        checkName("bean", participant.bean(), 1);
        checkName("method", participant.method(), 1);
        checkName("signature", participant.signature(), 0);
        checkData(participant.data());
        return new LocalAddress(
                number, participant.application(), participant.bean(), participant.method(), participant.signature());
    }

    static void checkName(String what, String text, int least) {
        check(what, text, least, MAX_NAME_CHARACTERS);
    }

    static void checkData(String data) {
        check("data", data, 0, MAX_DATA_CHARACTERS);
    }

    private static void check(String what, String text, int least, int most) {
        if (text.length() < least || text.length() > most) {
            throw new HoldfastException(
                    AdapterMessage.BAD_LOCAL_PARTICIPANT.text(what, text.length(), least + " to " + most));
        }
    }

    static ParticipantId idOf(Enlisted participant) {
        try {
            return new ParticipantId(participant.participant());
        } catch (IllegalArgumentException notAnId) {
            throw new HoldfastException(AdapterMessage.UNKNOWN_PARTICIPANT.text(participant.participant()), notAnId);
        }
    }

    /** All participants of an application share an endpoint. */
    static String endpointOf(String application) {
        return "application " + application;
    }

    LocalParticipant with(String data, LocalParticipant.Kind kind) {
        return new LocalParticipant(application, bean, method, signature, data, kind);
    }

    String encode() {
        return Fields.join(VERSION, number, application, bean, method, signature);
    }

    static boolean isOne(String address) {
        return address.startsWith(VERSION + " ");
    }

    /** @throws IllegalArgumentException if it is not one that this release can read */
    static LocalAddress decode(String address) {
        String[] fields = Fields.split(address);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            throw new IllegalArgumentException("Not the address of a local participant: " + address);
        }
        return new LocalAddress(fields[1], fields[2], fields[3], fields[4], fields[5]);
    }
}
