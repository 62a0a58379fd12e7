package io.holdfast.tests.payara.filters;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

@ApplicationPath("api")
public class FiltersApplication extends Application {}
