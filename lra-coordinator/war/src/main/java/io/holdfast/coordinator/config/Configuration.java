package io.holdfast.coordinator.config;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.HostList;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.engine.Settings;
import io.holdfast.engine.delivery.AlarmPolicy;
import io.holdfast.engine.delivery.RetryPolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How the coordinator was configured; every value has been checked.
 *
 * @param baseUrl {@value #BASE_URL}: what the ids of LRAs begin with, without a slash at its end; empty: taken from each request
 * @param hosts {@value #HOSTS}: the hosts under which the coordinator may be called while no base URL is set
 * @param logDirectory {@value #LOG_DIRECTORY}
 * @param callbackHosts {@value #CALLBACK_HOSTS}: where participants may live
 * @param callbackTimeout {@value #CALLBACK_TIMEOUT_MS}: for one request to a participant
 * @param endWait {@value #END_WAIT_MS}: how long close and cancel wait for the participants before they answer Closing or Cancelling
 * @param operatorsRole {@value #OPERATORS_ROLE}: who may use the operations; empty: nobody
 * @param alarmUrl {@value #ALARM_URL}: where alarms are sent to
 * @param settings the engine's
 */
public record Configuration(
        Optional<String> baseUrl,
        HostList hosts,
        Path logDirectory,
        HostList callbackHosts,
        Duration callbackTimeout,
        Duration endWait,
        Optional<String> operatorsRole,
        Optional<URI> alarmUrl,
        Settings settings) {
    public static final String BASE_URL = "holdfast.coordinator.base.url";
    public static final String HOSTS = "holdfast.coordinator.hosts";
    public static final String LOG_DIRECTORY = "holdfast.coordinator.log.directory";
    public static final String CALLBACK_HOSTS = "holdfast.coordinator.callback.hosts";
    public static final String CALLBACK_TIMEOUT_MS = "holdfast.coordinator.callback.timeout.ms";
    public static final String END_WAIT_MS = "holdfast.coordinator.end.wait.ms";
    public static final String OPERATORS_ROLE = "holdfast.coordinator.operators.role";
    public static final String ALARM_URL = "holdfast.coordinator.alarm.url";
    public static final String ALARM_ATTEMPTS = "holdfast.coordinator.alarm.attempts";
    public static final String ALARM_AFTER_SECONDS = "holdfast.coordinator.alarm.after.seconds";
    public static final String RETENTION_SECONDS = "holdfast.coordinator.retention.seconds";
    public static final String RETENTION_COUNT = "holdfast.coordinator.retention.count";
    public static final String PATIENCE_MS = "holdfast.coordinator.patience.ms";
    public static final String RETRY_FIRST_MS = "holdfast.coordinator.retry.first.ms";
    public static final String RETRY_MAX_MS = "holdfast.coordinator.retry.max.ms";
    public static final String MAX_CALLS_PER_ENDPOINT = "holdfast.coordinator.max.calls.per.endpoint";
    public static final String MAX_PARTICIPANTS = "holdfast.coordinator.max.participants";

    /** What every base URL ends with: clients cut the coordinator's address out of an id behind it. */
    public static final String LAST_SEGMENT = "/lra-coordinator";

    private static final int MAX_BASE_URL_CHARACTERS = 1_024;
    private static final int MAX_ROLE_CHARACTERS = 200;
    /** Jakarta Servlet takes the second for whoever has logged in; neither is a role that somebody is given. */
    private static final Set<String> ANYBODY = Set.of("*", "**");

    private static final int MAX_ALARM_URL_CHARACTERS = 2_048;
    private static final int MAX_RETENTION_COUNT = 10_000_000;
    private static final long YEAR_SECONDS = 31_536_000;

    /** @throws ConfigurationException if a property is not what it has to be */
    public static Configuration read(PropertySource source) {
        Optional<URI> baseUrl = source.text(BASE_URL).map(Configuration::baseUrl);
        HostList hosts = hosts(source, HOSTS);
        HostList listed = hosts(source, CALLBACK_HOSTS).and(hosts);
        HostList callbackHosts = baseUrl.map(URI::getHost).map(listed::and).orElse(listed);
        return new Configuration(
                baseUrl.map(URI::toString),
                hosts,
                logDirectory(source),
                callbackHosts,
                source.millis(
                        CALLBACK_TIMEOUT_MS, Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(10)),
                source.millis(END_WAIT_MS, Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(5)),
                operatorsRole(source),
                source.text(ALARM_URL).map(text -> alarmUrl(text, callbackHosts)),
                settings(source));
    }

    private static Settings settings(PropertySource source) {
        Settings defaults = Settings.FOR_LRAS;
        RetryPolicy retries = defaults.retries();
        Duration first = source.millis(RETRY_FIRST_MS, retries.first(), Duration.ofMillis(10), Duration.ofHours(1));
        Duration max = source.millis(RETRY_MAX_MS, retries.max(), Duration.ofMillis(10), Duration.ofDays(1));
        if (max.compareTo(first) < 0) {
            throw new ConfigurationException(RETRY_MAX_MS + " must be at least " + RETRY_FIRST_MS + " ("
                    + first.toMillis() + "), not '" + max.toMillis() + "'");
        }
        AlarmPolicy alarms = defaults.alarms();
        return defaults.withAlarms(new AlarmPolicy(
                        (int) source.number(ALARM_ATTEMPTS, alarms.attempts(), 0, 1_000_000),
                        Duration.ofSeconds(source.number(
                                ALARM_AFTER_SECONDS, alarms.after().toSeconds(), 0, YEAR_SECONDS))))
                .withRetries(new RetryPolicy(first, retries.factor(), max, retries.jitter()))
                .withRetention(Duration.ofSeconds(
                        source.number(RETENTION_SECONDS, defaults.retention().toSeconds(), 1, YEAR_SECONDS)))
                .withRetentionCount(
                        (int) source.number(RETENTION_COUNT, defaults.retentionCount(), 0, MAX_RETENTION_COUNT))
                .withMaxCallsPerEndpoint(
                        (int) source.number(MAX_CALLS_PER_ENDPOINT, defaults.maxCallsPerEndpoint(), 1, 10_000))
                .withPatience(
                        source.millis(PATIENCE_MS, defaults.patience(), Duration.ofMillis(1), Duration.ofMinutes(10)))
                .withMaxParticipants((int) source.number(MAX_PARTICIPANTS, defaults.maxParticipants(), 1, 1_000_000));
    }

    private static Optional<String> operatorsRole(PropertySource source) {
        Optional<String> role = source.text(OPERATORS_ROLE);
        if (role.isPresent() && !isRole(role.get())) {
            throw new ConfigurationException(OPERATORS_ROLE + " must have 1 to " + MAX_ROLE_CHARACTERS
                    + " characters, without control characters, and not be * or **, not '" + Bounds.shown(role.get())
                    + "'");
        }
        return role;
    }

    private static boolean isRole(String role) {
        return role.length() <= MAX_ROLE_CHARACTERS
                && !ANYBODY.contains(role)
                && role.chars().noneMatch(Character::isISOControl);
    }

    private static URI alarmUrl(String text, HostList allowed) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException notAUrl) {
            throw badAlarmUrl(text);
        }
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null
                || text.length() > MAX_ALARM_URL_CHARACTERS) {
            throw badAlarmUrl(text);
        }
        if (!allowed.allows(url.getHost())) {
            throw new ConfigurationException(ALARM_URL + " must be on a host that " + CALLBACK_HOSTS + " allows (now "
                    + allowed + "), not '" + text + "'");
        }
        return url;
    }

    private static ConfigurationException badAlarmUrl(String text) {
        return new ConfigurationException(ALARM_URL + " must be an http or https URL of at most "
                + MAX_ALARM_URL_CHARACTERS + " characters, without user and fragment, not '" + text + "'");
    }

    private static HostList hosts(PropertySource source, String name) {
        try {
            return HostList.parse(source.text(name).orElse(""));
        } catch (InvalidInputException wrong) {
            throw new ConfigurationException(name + ": " + wrong.getMessage());
        }
    }

    private static URI baseUrl(String text) {
        String trimmed = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        try {
            URI url = new URI(trimmed);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean plain = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            if (http
                    && plain
                    && url.getHost() != null
                    && trimmed.endsWith(LAST_SEGMENT)
                    && trimmed.length() <= MAX_BASE_URL_CHARACTERS) {
                return url;
            }
        } catch (URISyntaxException notAUrl) {
            throw badBaseUrl(text);
        }
        throw badBaseUrl(text);
    }

    private static ConfigurationException badBaseUrl(String text) {
        return new ConfigurationException(BASE_URL + " must be an http or https URL of at most "
                + MAX_BASE_URL_CHARACTERS + " characters, without user and query, that ends with " + LAST_SEGMENT
                + ", not '" + text + "'");
    }

    private static Path logDirectory(PropertySource source) {
        Optional<String> configured = source.text(LOG_DIRECTORY);
        String text = configured.orElseGet(() -> source.text("jboss.server.data.dir")
                .or(() -> source.text("com.sun.aas.instanceRoot"))
                .map(data -> data + "/holdfast/coordinator")
                .orElseThrow(() -> new ConfigurationException(
                        LOG_DIRECTORY + " must be set: this server does not tell where its data are")));
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException notAPath) {
            throw new ConfigurationException(LOG_DIRECTORY + " must be a directory, not '" + text + "'");
        }
    }
}
