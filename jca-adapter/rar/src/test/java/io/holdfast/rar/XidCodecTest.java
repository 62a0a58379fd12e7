package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

class XidCodecTest {
    @Test
    void the_form_is_fixed() {
        XidValue xid = new XidValue(0x01020304, new byte[] {10, 11}, new byte[] {12});

        assertThat(XidCodec.encode(xid)).isEqualTo("xid:01" + "01020304" + "02" + "0a0b" + "01" + "0c");
    }

    @Test
    void what_was_written_is_read_whatever_its_length() {
        Random random = new Random(1);
        for (int length = 0; length <= Xid.MAXGTRIDSIZE; length++) {
            byte[] global = new byte[length];
            byte[] branch = new byte[Xid.MAXBQUALSIZE - length];
            random.nextBytes(global);
            random.nextBytes(branch);
            XidValue xid = new XidValue(random.nextInt(), global, branch);

            assertThat(XidCodec.decode(XidCodec.encode(xid))).contains(xid);
        }
    }

    @Test
    void an_xid_of_another_class_is_the_same_by_value() {
        XidValue xid = new XidValue(1, new byte[] {1}, new byte[] {2});

        assertThat(XidValue.of(new ServersXid())).isEqualTo(xid).hasSameHashCodeAs(xid);
    }

    @Test
    void xids_that_share_all_bytes_but_divide_them_otherwise_are_different() {
        assertThat(new XidValue(1, new byte[] {1, 2}, new byte[] {3}))
                .isNotEqualTo(new XidValue(1, new byte[] {1}, new byte[] {2, 3}));
    }

    @Test
    void an_origin_that_is_no_xid_is_left_alone() {
        assertThat(XidCodec.decode("notification")).isEmpty();
    }

    @Test
    void an_xid_of_a_newer_version_or_a_damaged_one_is_named() {
        assertThatThrownBy(() -> XidCodec.decode("xid:02000000010000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 2");
        assertThatThrownBy(() -> XidCodec.decode("xid:0100000001")).hasMessageContaining("too short");
        assertThatThrownBy(() -> XidCodec.decode("xid:0100000001000000")).hasMessageContaining("too long");
    }

    @Test
    void a_part_that_is_longer_than_xa_allows_is_refused() {
        assertThatThrownBy(() -> new XidValue(1, new byte[65], new byte[0]))
                .hasMessageContaining("64")
                .hasMessageContaining("65");
    }

    private static final class ServersXid implements Xid {
        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {2};
        }
    }
}
