package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.InterceptorMessage;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Relays for as long as there is something to relay, each time it is run, unless it rests after a failure. It is run again and again, and says
 * itself until when it rests, so that a run that is dropped takes nothing with it. Confined to one run at a time.
 */
final class Worker implements Runnable {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    /** A server that is to be suspended waits for the run. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(10);
    /** After a turn in which all messages failed: another one may be committed meanwhile that the broker takes. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final OutboxRelay relay;
    private final RelaySettings settings;
    private int failures;
    private long restsUntil = System.nanoTime();

    Worker(OutboxRelay relay, RelaySettings settings) {
        this.relay = relay;
        this.settings = settings;
    }

    @Override
    public void run() {
        long begun = System.nanoTime();
        boolean more = begun - restsUntil >= 0;
        while (more) {
            more = hasRelayed() && System.nanoTime() - begun < LONGEST_RUN.toNanos();
        }
    }

    /** What it throws would end its schedule. */
    private boolean hasRelayed() {
        Duration rest = settings.waitAfter(failures + 1);
        try {
            Turn.Outcome outcome = relay.relayDue();
            if (outcome.relayed() > 0 || !outcome.failed()) {
                failures = 0;
                return outcome.relayed() > 0;
            }
            if (!outcome.unreachable() && rest.compareTo(LONGEST_REST) > 0) {
                rest = LONGEST_REST;
            }
        } catch (Throwable e) {
            if (!relay.isClosed()) {
                LOG.log(Level.WARNING, InterceptorMessage.RELAY_TURN_FAILED.with(e, rest), e);
            }
        }
        failures++;
        restsUntil = System.nanoTime() + rest.toNanos();
        return false;
    }
}
