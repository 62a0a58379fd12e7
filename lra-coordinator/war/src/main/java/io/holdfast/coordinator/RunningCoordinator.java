package io.holdfast.coordinator;

import io.holdfast.coordinator.config.BaseUrl;
import io.holdfast.coordinator.config.Configuration;
import io.holdfast.coordinator.operations.Adapters;
import io.holdfast.coordinator.operations.AlarmHook;
import io.holdfast.coordinator.operations.CoordinatorBean;
import io.holdfast.coordinator.operations.Operations;
import io.holdfast.coordinator.operations.StandingAlarms;
import io.holdfast.coordinator.participant.Callbacks;
import io.holdfast.coordinator.participant.Endings;
import io.holdfast.coordinator.participant.HttpParticipantDriver;
import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Host;
import io.holdfast.engine.log.DirectoryDisk;
import io.holdfast.engine.log.OperatorLog;
import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.ThreadTimers;
import io.holdfast.engine.time.Timers;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** A coordinator at work, from its opening until it is closed. Thread-safe. */
public final class RunningCoordinator implements AutoCloseable {
    private final ThreadTimers timers;
    private final Callbacks callbacks;
    private final Coordinator engine;
    private final Lras lras;
    private final Operations operations;
    private final Adapters adapters;
    private final CoordinatorBean bean;
    private final BaseUrl baseUrl;
    private final Duration endWait;
    private final Optional<String> operatorsRole;

    private RunningCoordinator(
            ThreadTimers timers,
            Callbacks callbacks,
            Coordinator engine,
            Lras lras,
            Operations operations,
            Adapters adapters,
            Configuration configuration) {
        this.timers = timers;
        this.callbacks = callbacks;
        this.engine = engine;
        this.lras = lras;
        this.operations = operations;
        this.adapters = adapters;
        this.bean = CoordinatorBean.register(operations);
        this.baseUrl = new BaseUrl(configuration);
        this.endWait = configuration.endWait();
        this.operatorsRole = configuration.operatorsRole();
    }

    /**
     * Opens the log and goes on with what it holds.
     *
     * @throws io.holdfast.engine.log.LogUnavailableException if the log directory cannot be used
     */
    public static RunningCoordinator open(Configuration configuration, Executor executor) {
        var timers = new ThreadTimers("holdfast-coordinator-timers");
        var callbacks = new Callbacks(timers, configuration.callbackTimeout());
        try {
            var random = new SecureRandom();
            var host =
                    new Host(Clock.system(), timers, executor, random, new DirectoryDisk(configuration.logDirectory()));
            // Alarms may be raised before the engine is given back.
            AtomicReference<Coordinator> opened = new AtomicReference<>();
            var alarms =
                    new StandingAlarms(id -> Optional.ofNullable(opened.get()).flatMap(known -> known.inMemory(id)));
            Optional<AlarmHook> hook = configuration.alarmUrl().map(url -> new AlarmHook(url, callbacks, timers));
            Coordinator engine = Coordinator.open(
                    configuration.settings(),
                    host,
                    new HttpParticipantDriver(callbacks, configuration.callbackHosts(), alarm -> {
                        alarms.raise(alarm);
                        hook.ifPresent(told -> told.tell(alarm));
                    }));
            opened.set(engine);
            var lras = new Lras(engine, new Endings(engine, timers, executor), configuration);
            var operations = new Operations(
                    engine,
                    alarms,
                    () -> hook.map(AlarmHook::notSent).orElse(0L),
                    new OperatorLog(configuration.logDirectory()),
                    host.clock(),
                    executor);
            var adapters = new Adapters(ManagementFactory.getPlatformMBeanServer(), executor);
            return new RunningCoordinator(timers, callbacks, engine, lras, operations, adapters, configuration);
        } catch (RuntimeException notOpened) {
            callbacks.close();
            timers.close();
            throw notOpened;
        }
    }

    public Lras lras() {
        return lras;
    }

    public Operations operations() {
        return operations;
    }

    /** Those of the same server. */
    public Adapters adapters() {
        return adapters;
    }

    /** The role that an operator has; empty: nobody is one. */
    public Optional<String> operatorsRole() {
        return operatorsRole;
    }

    public BaseUrl baseUrl() {
        return baseUrl;
    }

    /** How long close and cancel wait for the participants. */
    public Duration endWait() {
        return endWait;
    }

    public Timers timers() {
        return timers;
    }

    public String nodeId() {
        return engine.nodeId();
    }

    @Override
    public void close() {
        bean.close();
        engine.close();
        callbacks.close();
        timers.close();
    }
}
