package io.holdfast.engine.state;

/** The id of a transaction within one engine: 1 to 64 characters of {@code A-Z a-z 0-9 _ -}, never guessable. */
public final class TransactionId extends Identifier {
    public TransactionId(String value) {
        super("transaction id", value);
    }

    /** The id of 32 hexadecimal digits that the two numbers are. */
    public TransactionId(long high, long low) {
        super(high, low);
    }
}
