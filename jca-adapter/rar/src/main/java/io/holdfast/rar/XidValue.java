package io.holdfast.rar;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** An Xid by value: equal to every other with the same three parts, whatever class the server uses. Immutable. */
final class XidValue implements Xid {
    private final int formatId;
    private final byte[] globalTransactionId;
    private final byte[] branchQualifier;

    private static final int NULL_XID = -1;
    private static final Pattern COLON = Pattern.compile(":");

    /** @throws IllegalArgumentException if a part is missing or longer than XA allows, or the format id is that of no Xid */
    XidValue(int formatId, byte @Nullable [] globalTransactionId, byte @Nullable [] branchQualifier) {
        if (formatId == NULL_XID) {
            throw new IllegalArgumentException("The format id -1 means that there is no Xid");
        }
        this.formatId = formatId;
        this.globalTransactionId = checked("global transaction id", globalTransactionId, MAXGTRIDSIZE);
        this.branchQualifier = checked("branch qualifier", branchQualifier, MAXBQUALSIZE);
    }

    static XidValue of(Xid xid) {
        return new XidValue(xid.getFormatId(), xid.getGlobalTransactionId(), xid.getBranchQualifier());
    }

    /**
     * From the form that {@link #toString} gives.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static XidValue parse(String text) {
        String[] parts = COLON.split(text.strip(), -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("An Xid is written formatId:globalTransactionId:branchQualifier");
        }
        HexFormat hex = HexFormat.of();
        return new XidValue(Integer.parseInt(parts[0]), hex.parseHex(parts[1]), hex.parseHex(parts[2]));
    }

    private static byte[] checked(String name, byte @Nullable [] part, int max) {
        if (part == null || part.length > max) {
            String found = part == null ? "none" : part.length + "";
            throw new IllegalArgumentException(
                    "The " + name + " of an Xid has at most " + max + " bytes, not " + found);
        }
        return part.clone();
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
