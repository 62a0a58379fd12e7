package io.holdfast.scenarios.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A property of the resource adapter as an administrator sets it.
 *
 * @param value one that is not its default
 * @param inEffect what the adapter's MBean shows for it
 */
public record AdapterProperty(String name, String value, String inEffect) {
    /** Values that no adapter starts with, and what it says to them; all bounds are tried without a server. */
    public static final List<Bad> BAD = List.of(
            new Bad(
                    "holdTimeoutMillis",
                    "0",
                    "HFRAR003 The property holdTimeoutMillis of the resource adapter is 0; it must be 1 to 600000"),
            new Bad(
                    "coordinatorUrl",
                    "ftp://127.0.0.1/x",
                    "HFRAR003 The property coordinatorUrl of the resource adapter is ftp://127.0.0.1/x; it must be an"
                            + " absolute http or https address without user, query and fragment"),
            new Bad("logDirectory", "/dev/null/log", "HFRAR004"));

    /** A value that is refused with a text. */
    public record Bad(String name, String value, String complaint) {}

    private AdapterProperty(String name, String value) {
        this(name, value, value);
    }

    /**
     * All that there are.
     *
     * @param directory for another log
     */
    public static List<AdapterProperty> all(Path directory) {
        return List.of(
                new AdapterProperty("logDirectory", directory.toString()),
                new AdapterProperty("coordinatorUrl", "http://127.0.0.1:9/lra-coordinator"),
                new AdapterProperty("lraTimeLimitSeconds", "301"),
                new AdapterProperty("holdTimeoutMillis", "5001"),
                new AdapterProperty("startTimeoutMillis", "5002"),
                new AdapterProperty("retryFirstMillis", "201"),
                new AdapterProperty("retryMaxMillis", "30001"),
                new AdapterProperty("waitForParticipantsMillis", "1"),
                new AdapterProperty("statusRetentionSeconds", "61"),
                new AdapterProperty("recoveryPeriodSeconds", "131"),
                new AdapterProperty("participantHosts", "*.example.com", "loopback, *.example.com"),
                new AdapterProperty("alarmAfterAttempts", "21"),
                new AdapterProperty("alarmAfterSeconds", "601"),
                new AdapterProperty("alarmUrl", "http://127.0.0.1:9/alarms"),
                new AdapterProperty("jmsConnectionFactory", "jms/other"),
                new AdapterProperty("maxNotificationCharacters", "65537"),
                new AdapterProperty("operatorRole", "clerk"));
    }

    /** What is to be set, by name. */
    public static Map<String, String> values(List<AdapterProperty> properties) {
        return properties.stream().collect(Collectors.toMap(AdapterProperty::name, AdapterProperty::value));
    }

    /** What the adapter's MBean is to show, by name. */
    public static Map<String, Object> inEffect(List<AdapterProperty> properties) {
        return properties.stream().collect(Collectors.toMap(AdapterProperty::name, AdapterProperty::inEffect));
    }
}
