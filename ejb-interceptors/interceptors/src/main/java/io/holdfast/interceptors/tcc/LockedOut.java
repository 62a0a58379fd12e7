package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.jdbc.Dialect;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** A try that could not have a lock, whose database's exception does not say who has it. */
final class LockedOut {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");

    private LockedOut() {}

    /** Tells the likely cause, once, in the log and as a suppressed exception, so that the failure stays the one that callers know. */
    static void tell(TccMethod method, Throwable failure) {
        Set<Throwable> parts = partsOf(failure);
        Optional<SQLException> locked = parts.stream()
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .filter(Dialect::isLockFailure)
                .findFirst();
        if (locked.isPresent() && parts.stream().noneMatch(LockedOut::isTold)) {
            String text = InterceptorMessage.ATTEMPT_LOCKED_OUT.with(method.name(), locked.get());
            failure.addSuppressed(InterceptorMessage.ATTEMPT_LOCKED_OUT.exception(method.name(), locked.get()));
            LOG.log(Level.WARNING, text);
        }
    }

    /** By a method that this one has called. */
    private static boolean isTold(Throwable part) {
        return String.valueOf(part.getMessage()).startsWith(InterceptorMessage.ATTEMPT_LOCKED_OUT.number());
    }

    private static Set<Throwable> partsOf(Throwable failure) {
        Set<Throwable> parts = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(Set.of(failure));
        while (!open.isEmpty()) {
            Throwable part = open.remove();
            if (parts.add(part)) {
                Optional.ofNullable(part.getCause()).ifPresent(open::add);
                Collections.addAll(open, part.getSuppressed());
                if (part instanceof SQLException several && several.getNextException() != null) {
                    open.add(several.getNextException());
                }
            }
        }
        return parts;
    }
}
