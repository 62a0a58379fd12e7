package io.holdfast.tests.dubbo;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Its resources are those of both sides. */
@ApplicationPath("api")
public class DubboApplication extends Application {}
