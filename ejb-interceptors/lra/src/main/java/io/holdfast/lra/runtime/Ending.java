package io.holdfast.lra.runtime;

import io.holdfast.lra.model.LraRule;

/** What happens to the LRA of a method when that has answered. */
enum Ending {
    STAYS_OPEN,
    CLOSE,
    CANCEL;

    /** A status that cancels comes before {@code end} (MicroProfile LRA 2.0, Javadoc of {@code LRA#end}). */
    static Ending of(LraRule rule, int status) {
        if (rule.cancels(status)) {
            return CANCEL;
        }
        return rule.end() ? CLOSE : STAYS_OPEN;
    }
}
