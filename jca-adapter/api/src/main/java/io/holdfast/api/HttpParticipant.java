package io.holdfast.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A service that has reserved something for a transaction and is told by HTTP whether to keep it.
 *
 * <p>Confirm and cancel are called with PUT, at least once, maybe at the same time as an earlier call, maybe after a restart, with the
 * headers {@value #TRANSACTION_HEADER} and {@value #PARTICIPANT_HEADER}, so that the service can tell a repetition. What its answer means:
 *
 * <ul>
 *   <li>200 or 204: done. 410: done and forgotten before.
 *   <li>202: at work; it is asked later, at the address of the answer's {@code Location} when that is an allowed one, else at {@code
 *       status}, else by the same call again.
 *   <li>409, or a body that begins with {@code Failed}: refused for good. The transaction ends as failed, and a person has to look at it.
 *   <li>Anything else, and no answer: not known. It is repeated at growing intervals until there is an answer.
 * </ul>
 *
 * <p>A service that may have been told before is asked first, with GET at {@code status}: {@code Confirmed} and {@code Cancelled} are
 * its words for done, {@code Confirming} and {@code Cancelling} for being at work, {@code FailedToConfirm} and {@code FailedToCancel} for a
 * refusal; after anything else it is told again. Redirects are not followed.
 *
 * @param confirm called when the transaction commits
 * @param cancel called when the transaction rolls back
 * @param status asked what became of an earlier call; null when there is no such address
 */
public record HttpParticipant(
        URI confirm, URI cancel, @Nullable URI status) {
    /** Names the adapter's transaction in calls to participants. */
    public static final String TRANSACTION_HEADER = "Holdfast-Transaction";

    /** Names the participant within its transaction in calls to participants. */
    public static final String PARTICIPANT_HEADER = "Holdfast-Participant";
}
