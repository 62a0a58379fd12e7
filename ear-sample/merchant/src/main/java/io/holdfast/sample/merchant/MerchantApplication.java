package io.holdfast.sample.merchant;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The service's address. */
@ApplicationPath("api")
public class MerchantApplication extends Application {}
