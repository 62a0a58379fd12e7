package io.holdfast.sample.account;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The service's address. */
@ApplicationPath("api")
public class AccountApplication extends Application {}
