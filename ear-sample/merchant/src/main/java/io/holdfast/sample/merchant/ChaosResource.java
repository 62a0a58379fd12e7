package io.holdfast.sample.merchant;

import io.holdfast.sample.common.FaultsEndpoint;
import jakarta.ws.rs.Path;

/** Makes complete and compensate fail now and then, for demonstrations. */
@Path("chaos")
public class ChaosResource extends FaultsEndpoint {}
