package io.holdfast.tests.tcc.lra;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the test asks, and coordinators call the beans back. */
@ApplicationPath("/api")
public class BookingApplication extends Application {}
