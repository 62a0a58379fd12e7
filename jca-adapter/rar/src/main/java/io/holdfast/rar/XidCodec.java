package io.holdfast.rar;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The form in which an Xid stands in the log, as the origin of the engine's transaction: {@code xid:} and in hex a version byte, the
 * format id (4 bytes, big-endian), and twice a length byte with that many bytes: global transaction id and branch qualifier.
 */
final class XidCodec {
    private static final String PREFIX = "xid:";
    private static final byte VERSION = 1;
    private static final int FIXED_BYTES = 1 + Integer.BYTES + 2;

    private XidCodec() {}

    static String encode(XidValue xid) {
        byte[] global = xid.getGlobalTransactionId();
        byte[] branch = xid.getBranchQualifier();
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + global.length + branch.length)
                .put(VERSION)
                .putInt(xid.getFormatId())
                .put((byte) global.length)
                .put(global)
                .put((byte) branch.length)
                .put(branch);
        return PREFIX + HexFormat.of().formatHex(bytes.array());
    }

    /**
     * The Xid, or nothing when the origin is not one.
     *
     * @throws IllegalArgumentException if it is one that this release cannot read
     */
    static Optional<XidValue> decode(String origin) {
        if (!origin.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(origin, PREFIX.length(), origin.length()));
            byte version = bytes.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "The Xid " + origin + " has version " + version + ", not " + VERSION);
            }
            int formatId = bytes.getInt();
            XidValue xid = new XidValue(formatId, part(bytes), part(bytes));
            if (bytes.hasRemaining()) {
                throw new IllegalArgumentException("The Xid " + origin + " is too long");
            }
            return Optional.of(xid);
        } catch (BufferUnderflowException tooShort) {
            throw new IllegalArgumentException("The Xid " + origin + " is too short", tooShort);
        }
    }

    private static byte[] part(ByteBuffer bytes) {
        byte[] part = new byte[Byte.toUnsignedInt(bytes.get())];
        bytes.get(part);
        return part;
    }
}
