package io.holdfast.interceptors.idempotent;

import static io.holdfast.interceptors.idempotent.Operation.require;

import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import java.util.List;
import java.util.regex.Pattern;

/** The names in a {@link StateGuard} become part of a statement, so they are names and nothing else. */
final class GuardCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,127}");
    private static final Pattern TABLE = Pattern.compile(NAME + "(\\." + NAME + ")?");

    private GuardCheck() {}

    static void check(Idempotent annotation) {
        StateGuard guard = annotation.guard();
        if (annotation.strategy() != Strategy.STATE_GUARD) {
            require(guard.table().isEmpty(), "it has a guard, which belongs to STATE_GUARD");
            return;
        }
        require(!guard.table().isEmpty(), "STATE_GUARD needs a guard");
        require(TABLE.matcher(guard.table()).matches(), "'" + guard.table() + "' is not the name of a table");
        for (String column : List.of(guard.id(), guard.state())) {
            requireColumn(column);
        }
        if (!guard.version().isEmpty()) {
            requireColumn(guard.version());
        }
        require(guard.from().length > 0, "the guard has no state in from, so that the method would never run");
        require(!guard.to().isEmpty(), "the guard has no state in to");
        for (String from : guard.from()) {
            require(
                    !from.equals(guard.to()) && !List.of(guard.later()).contains(from),
                    "the state '" + from + "' is in from and in to or later, so that a repeated call would run again");
        }
    }

    private static void requireColumn(String name) {
        require(NAME.matcher(name).matches(), "'" + name + "' is not the name of a column");
    }
}
