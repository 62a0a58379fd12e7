package io.holdfast.sample.shop;

import io.holdfast.interceptors.queries.OperationEndpoint;
import jakarta.ejb.EJB;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Optional;
import javax.sql.DataSource;

/** Whether a centre has taken a message, for whoever has no answer to it. */
@Path("{mode}/operations/{operation}/{key}")
@SuppressWarnings("NullAway.Init")
public class OperationResource extends OperationEndpoint {
    @EJB
    private Centres centres;

    @PathParam("mode")
    private String mode;

    @Override
    protected Optional<DataSource> database(String operation) {
        return switch (operation) {
            case "debits" -> Optional.of(centres.accounts(Mode.parse(mode)).source());
            case "outcomes" -> Optional.of(centres.orders(Mode.parse(mode)).source());
            default -> Optional.empty();
        };
    }
}
