package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.tests.adapter.app.Wish;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Halts a server with Byteman while an entry is written, and starts it again. */
record Halts(AdapterServer server, Entries entries) {
    /** Beyond the interval of recovery. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration DEATH = Duration.ofMinutes(5);
    private static final Duration LOADED = Duration.ofMinutes(10);

    /** How long after a start everybody may take to agree. */
    Duration limit() {
        return server.recovery().plus(PATIENCE);
    }

    /** @return how long after the last start everybody agreed */
    Duration play(Kill kill, String key) {
        die(key, kill.first(), kill.wish());
        for (String point : kill.inRecovery()) {
            server.killSwitch().armAt(point);
            server.startToDie().accept(DEATH);
        }
        restart();
        return entries.awaitAgreement(key, kill.outcome(), limit());
    }

    void die(String key, String point, Wish wish) {
        server.killSwitch().armAt(point);
        try {
            Answer answer = entries.write(key, wish);
            // Told in the background, a participant may be halted after the answer.
            assertThat(point).as(answer.toString()).isEqualTo("local.acted");
        } catch (UncheckedIOException theServerIsDead) {
            assertThat(theServerIsDead).hasMessageContaining(key);
        }
        server.control().awaitDeath(DEATH);
    }

    /** Payara takes commands before it has loaded its applications; WildFly has loaded them. */
    void restart() {
        server.control().start();
        entries.awaitAnswer(LOADED);
    }
}
