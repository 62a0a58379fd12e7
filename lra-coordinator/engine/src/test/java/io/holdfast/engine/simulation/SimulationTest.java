package io.holdfast.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The real engine in a simulated world. {@code -Dsimulation.seeds} sets the number of random histories, {@code -Dsimulation.first}
 * the first seed, {@code -Dsimulation.seed} replays a single one.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 2_000);
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final Duration LONG_ENOUGH = Duration.ofHours(3);
    private static final int MOST_UNDOS = 4;
    private static final Settings LRAS =
            Settings.FOR_LRAS.withRetention(Duration.ofDays(1)).withCheckpointBytes(2048);
    private static final Settings BRANCHES =
            Settings.FOR_BRANCHES.withRetention(Duration.ofDays(1)).withCheckpointBytes(2048);

    @Test
    void lras_survive_random_crashes_and_a_bad_network() {
        forEachSeed(seed -> play(seed, LRAS, 0, 0.3, true));
    }

    @Test
    void branches_survive_random_crashes_and_a_bad_network() {
        forEachSeed(seed -> play(seed, BRANCHES, 0, 0.3, true));
    }

    @Test
    void lras_survive_a_crash_at_every_step() {
        crashAtEveryStep(LRAS);
    }

    @Test
    void branches_survive_a_crash_at_every_step() {
        crashAtEveryStep(BRANCHES);
    }

    @Test
    void the_same_seed_gives_the_same_history() {
        assertThat(play(42, LRAS, 0, 0.3, true).history).isEqualTo(play(42, LRAS, 0, 0.3, true).history);
    }

    private interface Seeded {
        void run(long seed);
    }

    private static void forEachSeed(Seeded simulation) {
        Long only = Long.getLong("simulation.seed");
        long first = only == null ? FIRST : only;
        long last = only == null ? FIRST + SEEDS / 2 - 1 : only;
        for (long seed = first; seed <= last; seed++) {
            try {
                simulation.run(seed);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("Seed " + seed + " failed; replay it with -Dsimulation.seed=" + seed, failure);
            }
        }
    }

    private static void crashAtEveryStep(Settings settings) {
        for (long seed = 1; seed <= 3; seed++) {
            int steps = play(seed, settings, 0, 0, false).stepsUntilHealed;
            assertThat(steps).isGreaterThan(50);
            for (int step = 1; step <= steps; step++) {
                try {
                    play(seed, settings, step, 0, false);
                } catch (AssertionError | RuntimeException failure) {
                    throw new AssertionError("Seed " + seed + " failed with a crash at step " + step, failure);
                }
            }
        }
    }

    /** A few businesses side by side, then rest, then the invariants. */
    private static World play(long seed, Settings settings, int crashAt, double badLuck, boolean moreCrashes) {
        World world = new World(seed, settings, 0, badLuck);
        if (crashAt > 0) {
            world.crashInMoreSteps(crashAt);
        }
        boolean voting = settings.undecidedAfterRestart() == Settings.UndecidedAfterRestart.CANCEL;
        List<Business> businesses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Business business = new Business(world, i, voting);
            businesses.add(business);
            business.begin();
        }
        Random crashes = new Random(seed);
        for (int i = 0; i < 20; i++) {
            if (moreCrashes && crashes.nextInt(3) == 0) {
                world.crashInMoreSteps(1 + crashes.nextInt(40));
            }
            if (moreCrashes && crashes.nextInt(6) == 0) {
                world.jumpClock(crashes.nextInt(7200) - 3600);
            }
            if (moreCrashes && crashes.nextInt(15) == 0) {
                world.fillDisk();
            }
            if (crashes.nextInt(4) == 0) {
                world.forceByPerson();
            }
            world.pass(Duration.ofSeconds(5));
            world.makeRoom();
        }
        world.heal();
        for (int i = 0; i < MOST_UNDOS; i++) {
            world.pass(LONG_ENOUGH);
            world.resolveByPerson();
        }
        world.pass(LONG_ENOUGH);
        Invariants.check(world, businesses);
        world.stopMachine();
        world.pass(LONG_ENOUGH);
        Invariants.check(world, businesses);
        if (voting) {
            Invariants.checkPresumedAbort(world);
        }
        return world;
    }
}
