package io.holdfast.tests.adapter.use;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the test asks, and the coordinator calls the hotel back. */
@ApplicationPath("/api")
public class UseApplication extends Application {}
