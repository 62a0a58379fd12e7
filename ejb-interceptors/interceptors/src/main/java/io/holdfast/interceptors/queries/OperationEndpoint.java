package io.holdfast.interceptors.queries;

import io.holdfast.interceptors.idempotent.EarlierCall;
import io.holdfast.interceptors.idempotent.Idempotent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether a call of an {@link Idempotent} method has been made, to those who have lost its answer. It looks the record up
 * ({@link EarlierCall}) and runs nothing. An application gives it an address with an {@code {operation}} and a {@code {key}} in it, says which
 * operations may be asked for, and guards the address: other than ids of transactions, keys can be guessed, and results are told.
 *
 * <pre>{@code
 * @Path("operations/{operation}/{key}")
 * public class PaymentProgress extends OperationEndpoint {
 *     @Resource(name = "jdbc/payments") DataSource payments;
 *     protected Optional<DataSource> database(String operation) {
 *         return operation.equals("pay") ? Optional.of(payments) : Optional.empty();
 *     }
 * }
 * }</pre>
 *
 * <p>{@code GET operations/pay/4711} is answered
 * <ul>
 *   <li>200 with {@code {"operation": "pay", "key": "4711", "progress": "CONFIRMED", "end": true, "result": ...}} when the call has been made and
 *       has committed; {@code result} only when the method returns one;
 *   <li>404 with {@code "progress": "UNKNOWN", "end": false} and {@code Retry-After} when no record says so: never made, rolled back, under way,
 *       or removed by the clean-up; {@link ProgressPoll} asks on until its patience is over, and then the call may be repeated;
 *   <li>404 with an {@code error} for an operation that may not be asked for, 400 for what can be no operation or key.
 * </ul>
 * Tables that cannot be read are an {@link IllegalStateException} (HFINT049), which servers answer with 500.
 *
 * <p>A key that has a slash needs {@code {key: .+}} in the path. No method has a {@code @Path}: Jersey would take this class for a resource of every
 * application and warn that it is none.
 */
@Produces(MediaType.APPLICATION_JSON)
public abstract class OperationEndpoint {
    /**
     * Where the records of an operation are.
     *
     * @param operation as it was asked for, by anybody
     * @return empty for one that may not be asked for
     */
    protected abstract Optional<DataSource> database(String operation);

    /** Whether the call has been made. */
    @GET
    public Response show(@PathParam("operation") @Nullable String operation, @PathParam("key") @Nullable String key) {
        return OperationAnswer.to(this::database, operation, key).response();
    }
}
