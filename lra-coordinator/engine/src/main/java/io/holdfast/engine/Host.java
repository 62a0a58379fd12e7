package io.holdfast.engine;

import io.holdfast.engine.log.Disk;
import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.Timers;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The outside world that an engine lives in; a simulation brings its own.
 *
 * @param executor runs the engine's work; its tasks may block on the disk only
 * @param random must be a secure one in production, since ids and tokens come from it
 */
public record Host(Clock clock, Timers timers, Executor executor, RandomGenerator random, Disk disk) {}
