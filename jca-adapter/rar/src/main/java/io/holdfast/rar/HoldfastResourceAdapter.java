package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import io.holdfast.engine.Host;
import io.holdfast.engine.delivery.AlarmPolicy;
import io.holdfast.engine.log.DirectoryDisk;
import io.holdfast.engine.log.LogUnavailableException;
import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.ThreadTimers;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * The adapter's life in the server (Jakarta Connectors 2.1, 5.3): its properties, which ra.xml explains, its engine and its threads.
 * Thread-safe once it is started.
 */
public final class HoldfastResourceAdapter implements ResourceAdapter {
    static final String DEFAULT_COORDINATOR_URL = "http://127.0.0.1:8080/lra-coordinator/lra-coordinator";
    private static final int THREADS = 4;
    private static final Set<Integer> ROLLING_BACK =
            Set.of(Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK);

    private String logDirectory = "";
    private String coordinatorUrl = DEFAULT_COORDINATOR_URL;
    private int lraTimeLimitSeconds = 300;
    private int holdTimeoutMillis = 5000;
    private int startTimeoutMillis = 5000;
    private int retryFirstMillis = 200;
    private int retryMaxMillis = 30_000;
    private int waitForParticipantsMillis;
    private int statusRetentionSeconds = 60;
    private int recoveryPeriodSeconds = 130;
    private String participantHosts = "";
    private int alarmAfterAttempts = AlarmPolicy.DEFAULT.attempts();
    private int alarmAfterSeconds = (int) AlarmPolicy.DEFAULT.after().toSeconds();
    private String alarmUrl = "";
    private String jmsConnectionFactory = "";
    private int maxNotificationCharacters = 65_536;
    private String operatorRole = "";

    private volatile @Nullable Running running;
    private volatile @Nullable TransactionSynchronizationRegistry transactions;

    @Override
    public synchronized void start(BootstrapContext context) throws ResourceAdapterInternalException {
        if (running != null) {
            return;
        }
        AdapterSettings settings;
        try {
            settings = AdapterSettings.of(properties());
        } catch (IllegalArgumentException bad) {
            throw new ResourceAdapterInternalException(bad.getMessage(), bad);
        }
        transactions = context.getTransactionSynchronizationRegistry();
        TimeoutThread.begin();
        WorkThreads threads = new WorkThreads(context.getWorkManager(), THREADS);
        ThreadTimers timers = new ThreadTimers("holdfast-adapter-timer");
        try {
            Host host = new Host(
                    Clock.system(), timers, threads, new SecureRandom(), new DirectoryDisk(settings.logDirectory()));
            Branches branches = Branches.open(
                    settings,
                    host,
                    LocalApplications.OF_ALL_ADAPTERS,
                    new WorkOnDemand(context.getWorkManager()),
                    Jndi.OF_SERVER);
            AdapterMessage.STARTED.log(
                    branches.nodeId(), settings.logDirectory(), settings.coordinator(), inDoubtOrClosed(branches));
            running = new Running(branches, timers, threads, AdapterBean.register(branches));
        } catch (RuntimeException failed) {
            stopThreads(timers, threads);
            String why =
                    failed instanceof LogUnavailableException ? String.valueOf(failed.getMessage()) : failed.toString();
            throw new ResourceAdapterInternalException(
                    AdapterMessage.LOG_UNAVAILABLE.text(settings.logDirectory(), why), failed);
        }
    }

    /** A start that fails gives the log's directory back. */
    private static int inDoubtOrClosed(Branches branches) {
        try {
            return branches.inDoubt().size();
        } catch (RuntimeException failed) {
            branches.close();
            throw failed;
        }
    }

    @Override
    public synchronized void stop() {
        Running stopping = running;
        running = null;
        if (stopping != null) {
            stopping.bean().close();
            stopping.branches().close();
            stopThreads(stopping.timers(), stopping.threads());
            AdapterMessage.STOPPED.log(stopping.branches().settings().logDirectory());
        }
    }

    private static void stopThreads(ThreadTimers timers, WorkThreads threads) {
        timers.close();
        threads.close();
    }

    /** The open branches; for the connections. */
    Branches branches() throws ResourceException {
        Running current = running;
        if (current == null) {
            throw new jakarta.resource.spi.IllegalStateException(AdapterMessage.NOT_STARTED.text());
        }
        return current.branches();
    }

    /** @throws HoldfastException if the caller's JTA transaction can only roll back */
    void checkNotMarkedForRollback() {
        TransactionSynchronizationRegistry registry = transactions;
        if (registry != null && ROLLING_BACK.contains(registry.getTransactionStatus())) {
            throw new HoldfastException(AdapterMessage.TRANSACTION_ENDS.text(
                    String.valueOf(registry.getTransactionKey()), "it is marked for rollback"));
        }
    }

    /** For the resources of this adapter, whose life may be longer than one between its start and its stop. */
    Surroundings surroundings() {
        return new Surroundings() {
            @Override
            public @Nullable Object transaction() {
                TransactionSynchronizationRegistry registry = transactions;
                return registry == null ? null : registry.getTransactionKey();
            }

            @Override
            public Optional<Branches> running() {
                return Optional.ofNullable(running).map(Running::branches);
            }
        };
    }

    @Override
    public void endpointActivation(@Nullable MessageEndpointFactory endpoints, @Nullable ActivationSpec specification)
            throws ResourceException {
        throw new NotSupportedException(AdapterMessage.NO_ENDPOINTS.text(String.valueOf(specification)));
    }

    @Override
    public void endpointDeactivation(
            @Nullable MessageEndpointFactory endpoints, @Nullable ActivationSpec specification) {
        // None is ever active.
    }

    /** One that recovers, whatever is asked for: every branch of this adapter can be recovered through any XAResource of it. */
    @Override
    public XAResource[] getXAResources(ActivationSpec @Nullable [] specifications) throws ResourceException {
        return new XAResource[] {new BranchXAResource(branches(), surroundings())};
    }

    public String getLogDirectory() {
        return logDirectory;
    }

    public void setLogDirectory(@Nullable String directory) {
        logDirectory = directory == null ? "" : directory;
    }

    public String getCoordinatorUrl() {
        return coordinatorUrl;
    }

    public void setCoordinatorUrl(String url) {
        coordinatorUrl = url;
    }

    public Integer getLraTimeLimitSeconds() {
        return lraTimeLimitSeconds;
    }

    public void setLraTimeLimitSeconds(Integer seconds) {
        lraTimeLimitSeconds = seconds;
    }

    public Integer getHoldTimeoutMillis() {
        return holdTimeoutMillis;
    }

    public void setHoldTimeoutMillis(Integer millis) {
        holdTimeoutMillis = millis;
    }

    public Integer getStartTimeoutMillis() {
        return startTimeoutMillis;
    }

    public void setStartTimeoutMillis(Integer millis) {
        startTimeoutMillis = millis;
    }

    public Integer getRetryFirstMillis() {
        return retryFirstMillis;
    }

    public void setRetryFirstMillis(Integer millis) {
        retryFirstMillis = millis;
    }

    public Integer getRetryMaxMillis() {
        return retryMaxMillis;
    }

    public void setRetryMaxMillis(Integer millis) {
        retryMaxMillis = millis;
    }

    public Integer getWaitForParticipantsMillis() {
        return waitForParticipantsMillis;
    }

    public void setWaitForParticipantsMillis(Integer millis) {
        waitForParticipantsMillis = millis;
    }

    public Integer getStatusRetentionSeconds() {
        return statusRetentionSeconds;
    }

    public void setStatusRetentionSeconds(Integer seconds) {
        statusRetentionSeconds = seconds;
    }

    public Integer getRecoveryPeriodSeconds() {
        return recoveryPeriodSeconds;
    }

    public void setRecoveryPeriodSeconds(Integer seconds) {
        recoveryPeriodSeconds = seconds;
    }

    public String getParticipantHosts() {
        return participantHosts;
    }

    public void setParticipantHosts(@Nullable String hosts) {
        participantHosts = hosts == null ? "" : hosts;
    }

    public Integer getAlarmAfterAttempts() {
        return alarmAfterAttempts;
    }

    public void setAlarmAfterAttempts(Integer attempts) {
        alarmAfterAttempts = attempts;
    }

    public Integer getAlarmAfterSeconds() {
        return alarmAfterSeconds;
    }

    public void setAlarmAfterSeconds(Integer seconds) {
        alarmAfterSeconds = seconds;
    }

    public String getAlarmUrl() {
        return alarmUrl;
    }

    public void setAlarmUrl(@Nullable String url) {
        alarmUrl = url == null ? "" : url;
    }

    public String getJmsConnectionFactory() {
        return jmsConnectionFactory;
    }

    public void setJmsConnectionFactory(@Nullable String name) {
        jmsConnectionFactory = name == null ? "" : name;
    }

    public Integer getMaxNotificationCharacters() {
        return maxNotificationCharacters;
    }

    public void setMaxNotificationCharacters(Integer characters) {
        maxNotificationCharacters = characters;
    }

    public String getOperatorRole() {
        return operatorRole;
    }

    public void setOperatorRole(@Nullable String role) {
        operatorRole = role == null ? "" : role;
    }

    private AdapterSettings.Properties properties() {
        return new AdapterSettings.Properties(
                logDirectory,
                coordinatorUrl,
                lraTimeLimitSeconds,
                holdTimeoutMillis,
                startTimeoutMillis,
                retryFirstMillis,
                retryMaxMillis,
                waitForParticipantsMillis,
                statusRetentionSeconds,
                recoveryPeriodSeconds,
                participantHosts,
                alarmAfterAttempts,
                alarmAfterSeconds,
                alarmUrl,
                jmsConnectionFactory,
                maxNotificationCharacters,
                operatorRole);
    }

    /** Equal when all properties are (Jakarta Connectors 2.1, 5.3.1). */
    @Override
    public boolean equals(Object other) {
        return other instanceof HoldfastResourceAdapter that && properties().equals(that.properties());
    }

    @Override
    public int hashCode() {
        return properties().hashCode();
    }

    private record Running(
            Branches branches, ThreadTimers timers, WorkThreads threads, AdapterBean.Registration bean) {}
}
