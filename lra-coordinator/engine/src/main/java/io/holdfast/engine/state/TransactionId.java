package io.holdfast.engine.state;

/** The id of a transaction within one engine: 1 to 64 characters of {@code A-Z a-z 0-9 _ -}, never guessable. */
public record TransactionId(String value) {
    public TransactionId {
        Identifiers.check("transaction id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
