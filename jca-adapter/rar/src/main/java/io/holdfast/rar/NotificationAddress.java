package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import io.holdfast.api.Notification;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A notification as the engine keeps it, but for its body. Written as {@code note1 number id method seconds contentType signature address},
 * each URL-encoded and separated by blanks.
 *
 * @param number unlike that of any other, so that each enlistment is a participant of its own
 */
record NotificationAddress(String number, Notification notification) {
    private static final String VERSION = "note1";
    private static final int FIELDS = 8;
    private static final int MAX_CHARACTERS = 200;
    /** Whole seconds are written, of which 0 is without end. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

    /** @throws HoldfastException naming what is wrong and its bound */
    static NotificationAddress checked(
            Notification notification, AdapterSettings settings, JmsCalls jms, String number) {
        boolean sent = JmsCalls.isFor(notification.address());
        check(
                sent == (notification.method() == Notification.Method.SEND),
                "method for " + notification.address() + " is " + notification.method(),
                sent ? "SEND" : "POST or PUT");
        if (sent) {
            jms.check(notification.address());
        } else {
            checkHttp(notification.address(), settings.participantHosts());
        }
        checkText("id", notification.id());
        checkText("content type", notification.contentType());
        if (!notification.signature().isEmpty()) {
            checkText("signature", notification.signature());
        }
        int characters = notification.body().length();
        int most = settings.maxNotificationCharacters();
        check(characters <= most, "body has " + characters + " characters", "0 to " + most);
        Duration time = notification.giveUpAfter();
        check(
                time.isZero() || (time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0),
                "time after which it is given up is " + time,
                "0 (without end) or " + SHORTEST + " to " + LONGEST);
        return new NotificationAddress(number, notification);
    }

    private static void checkHttp(URI address, AllowedHosts hosts) {
        String problem = HttpAddress.problem(address, hosts);
        if (problem != null) {
            throw new HoldfastException(AdapterMessage.BAD_ADDRESS.text("notification", address, problem));
        }
    }

    private static void checkText(String what, String text) {
        check(
                text.length() <= MAX_CHARACTERS && PRINTABLE.matcher(text).matches(),
                what + " is '" + (text.length() <= MAX_CHARACTERS ? text : text.length() + " characters") + "'",
                "1 to " + MAX_CHARACTERS + " printable ASCII characters");
    }

    private static void check(boolean fine, String found, String allowed) {
        if (!fine) {
            throw new HoldfastException(AdapterMessage.BAD_NOTIFICATION.text(found, allowed));
        }
    }

    String endpoint() {
        URI address = notification.address();
        return JmsCalls.isFor(address) ? address.toString() : address.getScheme() + "://" + address.getRawAuthority();
    }

    String encode() {
        return Fields.join(
                VERSION,
                number,
                notification.id(),
                notification.method().name(),
                Long.toString(notification.giveUpAfter().toSeconds()),
                notification.contentType(),
                notification.signature(),
                notification.address().toString());
    }

    static boolean isOne(String address) {
        return address.startsWith(VERSION + " ");
    }

    /** @throws IllegalArgumentException if it is not one that this release can read */
    static NotificationAddress decode(String address, String body) {
        String[] fields = Fields.split(address);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            throw new IllegalArgumentException("Not the address of a notification: " + address);
        }
        Notification notification = new Notification(
                fields[2],
                URI.create(fields[7]),
                Notification.Method.valueOf(fields[3]),
                fields[5],
                body,
                fields[6],
                Duration.ofSeconds(Long.parseLong(fields[4])));
        return new NotificationAddress(fields[1], notification);
    }
}
