package io.holdfast.lra;

import io.holdfast.lra.runtime.DataCell;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/**
 * What a participant wants to know again when its LRA ends. The coordinator keeps it.
 *
 * <pre>{@code
 * @Inject LraParticipantData data;
 *
 * @PUT @Path("book") @LRA
 * public void book() { data.set(bookingNumber); }
 *
 * @PUT @Path("undo") @Compensate
 * public void undo() { release(data.get()); }
 * }</pre>
 *
 * <p>What a method sets is stored when it has answered, before its LRA is closed or cancelled; when it cannot be stored the caller is answered
 * an error. A crash between the method and its answer loses it: what must not be lost belongs into the participant's own database, under
 * the id of the LRA. Each set replaces what was there.
 */
@RequestScoped
public class LraParticipantData {
    private @Nullable DataCell cell;

    /** What was stored last in the LRA of this request by this participant; empty for nothing. */
    public String get() {
        return cell == null ? "" : cell.get();
    }

    /**
     * Stores data for the callbacks. Outside of a method that has joined an LRA by its {@code @LRA} nothing is stored.
     *
     * @param data at most 65,536 characters that can stand in an HTTP header
     * @throws IllegalArgumentException if they are longer or cannot stand there
     * @throws IllegalStateException if this thread runs neither a request of Jakarta REST nor a bean's method with {@code @LRA}
     */
    public void set(String data) {
        if (cell == null) {
            throw new IllegalStateException(
                    "There is neither a request of Jakarta REST nor a bean's method with @LRA on this thread");
        }
        cell.set(data);
    }

    /**
     * For the library: from now on the data are those of this call.
     *
     * @return whose they were; null for nobody's
     */
    public @Nullable DataCell attach(@Nullable DataCell data) {
        DataCell before = cell;
        cell = data;
        return before;
    }
}
