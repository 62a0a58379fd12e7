package io.holdfast.rar;

import java.util.Arrays;
import java.util.HexFormat;
import javax.transaction.xa.Xid;

/** An Xid by value: equal to every other with the same three parts, whatever class the server uses. Immutable. */
final class XidValue implements Xid {
    private final int formatId;
    private final byte[] globalTransactionId;
    private final byte[] branchQualifier;

    /** @throws IllegalArgumentException if a part is longer than XA allows */
    XidValue(int formatId, byte[] globalTransactionId, byte[] branchQualifier) {
        check("global transaction id", globalTransactionId, MAXGTRIDSIZE);
        check("branch qualifier", branchQualifier, MAXBQUALSIZE);
        this.formatId = formatId;
        this.globalTransactionId = globalTransactionId.clone();
        this.branchQualifier = branchQualifier.clone();
    }

    static XidValue of(Xid xid) {
        return new XidValue(xid.getFormatId(), xid.getGlobalTransactionId(), xid.getBranchQualifier());
    }

    private static void check(String name, byte[] part, int max) {
        if (part.length > max) {
            throw new IllegalArgumentException(
                    "The " + name + " of an Xid has at most " + max + " bytes, not " + part.length);
        }
    }

    @Override
    public int getFormatId() {
        return formatId;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return globalTransactionId.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
        return branchQualifier.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XidValue that
                && formatId == that.formatId
                && Arrays.equals(globalTransactionId, that.globalTransactionId)
                && Arrays.equals(branchQualifier, that.branchQualifier);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * formatId + Arrays.hashCode(globalTransactionId)) + Arrays.hashCode(branchQualifier);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return formatId + ":" + hex.formatHex(globalTransactionId) + ":" + hex.formatHex(branchQualifier);
    }
}
