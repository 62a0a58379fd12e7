package io.holdfast.sample.bank;

import io.holdfast.api.HoldfastException;
import io.holdfast.interceptors.IncomingLraException;
import io.holdfast.sample.common.Database.DatabaseException;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionRolledbackException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the container's exception says about the transaction. */
public final class Outcome {
    private static final int DEEPEST = 20;

    private Outcome() {}

    /** Rolled back, when that is certain; else unclear. */
    public static RefusedException of(EJBException thrown) {
        List<Throwable> chain = chain(thrown);
        Optional<RefusedException> refused = first(chain, RefusedException.class);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (first(chain, HeuristicMixedException.class).isPresent()) {
            return new RefusedException(
                    Reason.UNCLEAR, "Some of it was done and some was not: " + deepest(chain), thrown);
        }
        Optional<HoldfastException> holdfast = first(chain, HoldfastException.class);
        if (holdfast.isPresent()) {
            Reason reason = holdfast.get() instanceof IncomingLraException ? Reason.CONFLICT : Reason.UNAVAILABLE;
            return new RefusedException(reason, "Rolled back: " + holdfast.get().getMessage(), thrown);
        }
        if (rolledBack(chain)) {
            return new RefusedException(Reason.CONFLICT, "Rolled back: " + deepest(chain), thrown);
        }
        return new RefusedException(Reason.UNCLEAR, "Nobody knows what was done: " + deepest(chain), thrown);
    }

    private static boolean rolledBack(List<Throwable> chain) {
        return first(chain, RollbackException.class).isPresent()
                || first(chain, EJBTransactionRolledbackException.class).isPresent()
                || first(chain, TransactionRolledbackException.class).isPresent()
                || first(chain, DatabaseException.class).isPresent();
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> chain, Class<T> type) {
        return chain.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private static String deepest(List<Throwable> chain) {
        return String.valueOf(chain.get(chain.size() - 1));
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (@Nullable Throwable next = thrown; next != null && chain.size() < DEEPEST; next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }
}
