package io.holdfast.sample.shop;

import io.holdfast.interceptors.queries.ProgressEndpoint;
import jakarta.ws.rs.Path;

/** How far a notification has come. */
@Path("progress/{id}")
public class ProgressResource extends ProgressEndpoint {}
