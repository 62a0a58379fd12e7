package io.holdfast.rar;

import io.holdfast.engine.Settings;
import io.holdfast.engine.delivery.AlarmPolicy;
import io.holdfast.engine.delivery.RetryPolicy;
import io.holdfast.engine.log.OperatorLog;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The adapter's configuration, checked.
 *
 * @param logDirectory the adapter's own, used by no other node
 * @param coordinator where LRAs are started, without a slash at the end
 * @param lraTimeLimit of an LRA whose JTA transaction has none that the server passes on
 * @param holdTimeout how long prepare waits for the coordinator; none in time is a no
 * @param startTimeout how long {@code lra()} waits for the coordinator
 * @param retries the intervals at which the coordinator is told a decision again
 * @param waitForParticipants how long commit waits, after the decision is durable, for the LRA to close; zero not at all
 * @param statusRetention how long the outcome of an ended branch and its LRA can still be asked for
 * @param recoveryPeriod the interval of the server's transaction recovery, by which a missing one is noticed
 * @param participantHosts where HTTP participants may be
 * @param alarms when an alarm is raised for a participant that does not do what it is told
 * @param alarmUrl where alarms are sent to
 * @param jmsConnectionFactory by which notifications are sent to JMS destinations; empty for not at all
 * @param maxNotificationCharacters of the body of a notification
 * @param operatorRole that a caller must have to operate the adapter through an application; empty for nobody
 * @param diskPatience how long a thread waits for a write to the log
 */
record AdapterSettings(
        Path logDirectory,
        URI coordinator,
        Duration lraTimeLimit,
        Duration holdTimeout,
        Duration startTimeout,
        RetryPolicy retries,
        Duration waitForParticipants,
        Duration statusRetention,
        Duration recoveryPeriod,
        AllowedHosts participantHosts,
        AlarmPolicy alarms,
        Optional<URI> alarmUrl,
        String jmsConnectionFactory,
        int maxNotificationCharacters,
        String operatorRole,
        Duration diskPatience) {
    static final int MAX_LRA_SECONDS = 365 * 24 * 60 * 60;
    private static final Duration DISK_PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_WAIT_MILLIS = 600_000;
    private static final int MAX_DAY_SECONDS = 86_400;
    private static final int MAX_ALARM_ATTEMPTS = 1_000_000;
    private static final int MAX_RETRY_MILLIS = 86_400_000;
    private static final int MAX_NOTIFICATION_CHARACTERS = 1_048_576;
    private static final int MAX_ROLE_CHARACTERS = 200;
    /** Jakarta Servlet takes the second for whoever has logged in; neither is a role that somebody is given. */
    private static final Set<String> ANYBODY = Set.of("*", "**");

    private static final double RETRY_FACTOR = 2;
    private static final double RETRY_JITTER = 0.2;

    /** @throws IllegalArgumentException with the property, its value and its bounds */
    static AdapterSettings of(Properties properties) {
        int first = bounded("retryFirstMillis", properties.retryFirstMillis(), 1, MAX_RETRY_MILLIS);
        int max = bounded("retryMaxMillis", properties.retryMaxMillis(), first, MAX_RETRY_MILLIS);
        return new AdapterSettings(
                directory(properties.logDirectory()),
                coordinator(properties.coordinatorUrl()),
                Duration.ofSeconds(
                        bounded("lraTimeLimitSeconds", properties.lraTimeLimitSeconds(), 1, MAX_LRA_SECONDS)),
                Duration.ofMillis(bounded("holdTimeoutMillis", properties.holdTimeoutMillis(), 1, MAX_WAIT_MILLIS)),
                Duration.ofMillis(bounded("startTimeoutMillis", properties.startTimeoutMillis(), 1, MAX_WAIT_MILLIS)),
                new RetryPolicy(Duration.ofMillis(first), RETRY_FACTOR, Duration.ofMillis(max), RETRY_JITTER),
                Duration.ofMillis(bounded(
                        "waitForParticipantsMillis", properties.waitForParticipantsMillis(), 0, MAX_WAIT_MILLIS)),
                Duration.ofSeconds(
                        bounded("statusRetentionSeconds", properties.statusRetentionSeconds(), 0, MAX_DAY_SECONDS)),
                Duration.ofSeconds(
                        bounded("recoveryPeriodSeconds", properties.recoveryPeriodSeconds(), 1, MAX_DAY_SECONDS)),
                AllowedHosts.parse(properties.participantHosts()),
                new AlarmPolicy(
                        bounded("alarmAfterAttempts", properties.alarmAfterAttempts(), 0, MAX_ALARM_ATTEMPTS),
                        Duration.ofSeconds(
                                bounded("alarmAfterSeconds", properties.alarmAfterSeconds(), 0, MAX_LRA_SECONDS))),
                alarmUrl(properties.alarmUrl()),
                jndiName("jmsConnectionFactory", properties.jmsConnectionFactory()),
                bounded(
                        "maxNotificationCharacters",
                        properties.maxNotificationCharacters(),
                        1,
                        MAX_NOTIFICATION_CHARACTERS),
                role(properties.operatorRole()),
                DISK_PATIENCE);
    }

    AdapterSettings withDiskPatience(Duration patience) {
        return new AdapterSettings(
                logDirectory,
                coordinator,
                lraTimeLimit,
                holdTimeout,
                startTimeout,
                retries,
                waitForParticipants,
                statusRetention,
                recoveryPeriod,
                participantHosts,
                alarms,
                alarmUrl,
                jmsConnectionFactory,
                maxNotificationCharacters,
                operatorRole,
                patience);
    }

    /** How long a thread waits for something that takes the given time and a write to the log. */
    Patience patience(Duration time) {
        return new Patience(time.plus(diskPatience));
    }

    /** The properties by name, as they are in effect. */
    SortedMap<String, String> inEffect() {
        SortedMap<String, String> values = new TreeMap<>(Map.of(
                "logDirectory", logDirectory.toString(),
                "coordinatorUrl", coordinator.toString(),
                "lraTimeLimitSeconds", Long.toString(lraTimeLimit.toSeconds()),
                "holdTimeoutMillis", Long.toString(holdTimeout.toMillis()),
                "startTimeoutMillis", Long.toString(startTimeout.toMillis()),
                "retryFirstMillis", Long.toString(retries.first().toMillis()),
                "retryMaxMillis", Long.toString(retries.max().toMillis()),
                "waitForParticipantsMillis", Long.toString(waitForParticipants.toMillis()),
                "statusRetentionSeconds", Long.toString(statusRetention.toSeconds()),
                "recoveryPeriodSeconds", Long.toString(recoveryPeriod.toSeconds())));
        values.put("participantHosts", participantHosts.toString());
        values.put("alarmAfterAttempts", Integer.toString(alarms.attempts()));
        values.put("alarmAfterSeconds", Long.toString(alarms.after().toSeconds()));
        values.put("alarmUrl", alarmUrl.map(URI::toString).orElse(""));
        values.put("jmsConnectionFactory", jmsConnectionFactory);
        values.put("maxNotificationCharacters", Integer.toString(maxNotificationCharacters));
        values.put("operatorRole", operatorRole);
        return values;
    }

    Settings engine() {
        return Settings.FOR_BRANCHES.withRetries(retries).withAlarms(alarms).withKeptOrigin(Flows.ORIGIN);
    }

    private static int bounded(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw bad(name, value, min + " to " + max);
        }
        return value;
    }

    private static Path directory(String value) {
        if (value.isBlank()) {
            return serverDirectory();
        }
        try {
            return Path.of(value.strip());
        } catch (InvalidPathException invalid) {
            throw bad("logDirectory", value, "the path of a directory: " + invalid.getMessage());
        }
    }

    private static Path serverDirectory() {
        for (String property : new String[] {"jboss.server.data.dir", "com.sun.aas.instanceRoot"}) {
            String root = System.getProperty(property);
            if (root != null && !root.isBlank()) {
                return Path.of(root, "holdfast", "adapter");
            }
        }
        throw new IllegalArgumentException(AdapterMessage.NO_LOG_DIRECTORY.text());
    }

    private static URI coordinator(String value) {
        String text = value.strip();
        return address(
                "coordinatorUrl", value, text.endsWith("/") ? text.substring(0, text.length() - 1) : text, false);
    }

    private static Optional<URI> alarmUrl(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(address("alarmUrl", value, value.strip(), true));
    }

    private static String jndiName(String property, String value) {
        String name = value.strip();
        if (!name.isEmpty() && !JmsCalls.isName(name)) {
            throw bad(
                    property,
                    value,
                    "a name in the server's JNDI, without a scheme but java: and not of one application");
        }
        return name;
    }

    private static String role(String value) {
        String role = value.strip();
        if (role.length() > MAX_ROLE_CHARACTERS
                || ANYBODY.contains(role)
                || role.chars().anyMatch(Character::isISOControl)) {
            throw bad(
                    "operatorRole",
                    OperatorLog.oneLine(value),
                    "at most " + MAX_ROLE_CHARACTERS + " characters, without control characters, and not * or **");
        }
        return role;
    }

    private static URI address(String property, String value, String text, boolean queryAllowed) {
        String expected =
                "an absolute http or https address without user" + (queryAllowed ? "" : ", query") + " and fragment";
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException invalid) {
            throw bad(property, value, expected);
        }
        boolean http = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        boolean plain = (queryAllowed || address.getRawQuery() == null)
                && address.getRawFragment() == null
                && address.getRawUserInfo() == null;
        if (!http || address.getHost() == null || !plain) {
            throw bad(property, value, expected);
        }
        return address;
    }

    static IllegalArgumentException bad(String name, Object value, String expected) {
        return new IllegalArgumentException(AdapterMessage.BAD_PROPERTY.text(name, value, expected));
    }

    /** The properties as the server set them; ra.xml explains each. */
    record Properties(
            String logDirectory,
            String coordinatorUrl,
            int lraTimeLimitSeconds,
            int holdTimeoutMillis,
            int startTimeoutMillis,
            int retryFirstMillis,
            int retryMaxMillis,
            int waitForParticipantsMillis,
            int statusRetentionSeconds,
            int recoveryPeriodSeconds,
            String participantHosts,
            int alarmAfterAttempts,
            int alarmAfterSeconds,
            String alarmUrl,
            String jmsConnectionFactory,
            int maxNotificationCharacters,
            String operatorRole) {}
}
