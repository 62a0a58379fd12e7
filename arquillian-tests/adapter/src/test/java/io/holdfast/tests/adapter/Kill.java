package io.holdfast.tests.adapter;

import io.holdfast.tests.adapter.app.Wish;
import java.util.List;
import java.util.Set;

/** Where the server is halted, and what must have become of the transaction afterwards; kill-adapter.btm has the points. */
@SuppressWarnings("ImmutableEnumChecker") // Set.of and List.of
enum Kill {
    BEFORE_PREPARE("before prepare", Wish.COMMIT, Entries.ROLLED_BACK, "prepare.before"),
    AFTER_PREPARE("after prepare", Wish.COMMIT, Entries.ROLLED_BACK, "prepare.after"),
    BEFORE_DECISION(
            "before the manager's decision is on the disk", Wish.COMMIT, Entries.ROLLED_BACK, "decision.before"),
    AFTER_DECISION("after the manager's decision", Wish.COMMIT, Entries.COMMITTED, "decision.after"),
    BEFORE_COMMIT("before the adapter's commit", Wish.COMMIT, Entries.COMMITTED, "commit.before"),
    AFTER_COMMIT(
            "the adapter has committed, and it and the manager are lost (A3)",
            Wish.COMMIT,
            Entries.COMMITTED,
            "commit.after"),
    DATABASE_COMMITTED(
            "the database has committed, and it and the manager are lost (A3)",
            Wish.COMMIT,
            Entries.COMMITTED,
            "database.committed"),
    LOCAL_PARTICIPANT_ACTED(
            "a local participant has committed, and its answer is lost with the server",
            Wish.COMMIT,
            Entries.COMMITTED,
            "local.acted"),
    BEFORE_ROLLBACK("before the adapter's rollback", Wish.ROLLBACK, Entries.ROLLED_BACK, "rollback.before"),
    AFTER_ROLLBACK("after the adapter's rollback", Wish.ROLLBACK, Entries.ROLLED_BACK, "rollback.after"),
    BEFORE_RECOVERY_IS_ANSWERED(
            "after the decision; again before recovery has its list",
            Wish.COMMIT,
            Entries.COMMITTED,
            "decision.after",
            "recover.before"),
    BEFORE_RECOVERY_COMMITS(
            "after the decision; again before recovery's commit",
            Wish.COMMIT,
            Entries.COMMITTED,
            "decision.after",
            "commit.before"),
    AFTER_RECOVERY_COMMITS(
            "after the decision; again after recovery's commit",
            Wish.COMMIT,
            Entries.COMMITTED,
            "decision.after",
            "commit.after"),
    BEFORE_RECOVERY_ROLLS_BACK(
            "before the decision; again before recovery's rollback",
            Wish.COMMIT,
            Entries.ROLLED_BACK,
            "decision.before",
            "rollback.before"),
    TWICE_IN_RECOVERY(
            "after the decision; twice in a row in recovery",
            Wish.COMMIT,
            Entries.COMMITTED,
            "decision.after",
            "recover.after",
            "commit.before");

    private final String title;
    private final Wish wish;
    private final Set<String> outcome;
    private final String first;
    private final List<String> inRecovery;

    Kill(String title, Wish wish, Set<String> outcome, String first, String... inRecovery) {
        this.title = title;
        this.wish = wish;
        this.outcome = outcome;
        this.first = first;
        this.inRecovery = List.of(inRecovery);
    }

    String title() {
        return title;
    }

    Wish wish() {
        return wish;
    }

    Set<String> outcome() {
        return outcome;
    }

    /** While the transaction ends. */
    String first() {
        return first;
    }

    /** One after the other, each after a start. */
    List<String> inRecovery() {
        return inRecovery;
    }
}
