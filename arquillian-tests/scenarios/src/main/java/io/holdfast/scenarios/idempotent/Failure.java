package io.holdfast.scenarios.idempotent;

/** How a method fails after its change. */
public enum Failure {
    NONE {
        @Override
        void happen() {}
    },
    /** The container rolls back. */
    BROKEN {
        @Override
        void happen() {
            throw new IllegalStateException("broken on request");
        }
    },
    /** The container would commit. */
    DECLINED {
        @Override
        void happen() throws DeclinedException {
            throw new DeclinedException("declined on request");
        }
    };

    abstract void happen() throws DeclinedException;
}
