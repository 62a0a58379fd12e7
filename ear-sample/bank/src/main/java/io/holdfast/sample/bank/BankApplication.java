package io.holdfast.sample.bank;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The bank's address. */
@ApplicationPath("api")
public class BankApplication extends Application {}
