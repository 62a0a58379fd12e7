package io.holdfast.benchmarks.participant;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything below {@code /participant}. */
@ApplicationPath("/")
public final class WorkApplication extends Application {}
