package io.holdfast.sample.shop;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The shop's address. */
@ApplicationPath("api")
public class ShopApplication extends Application {}
