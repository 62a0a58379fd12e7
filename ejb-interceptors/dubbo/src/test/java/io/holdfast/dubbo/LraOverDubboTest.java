package io.holdfast.dubbo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.holdfast.lra.client.LraId;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls between a real consumer and a real provider. */
@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ValueSource(strings = {"dubbo", "tri", DubboApplications.INJVM})
class LraOverDubboTest {
    private static final String ID = "http://127.0.0.1:8080/lra-coordinator/lra-coordinator/1";
    private static final String SWITCH = "holdfast.propagation.dubbo";

    @Parameter
    String protocol = "";

    private final HotelService service = new HotelService(() -> applications().hotel());

    @SuppressWarnings("NullAway.Init")
    private DubboApplications applications;

    private DubboApplications applications() {
        return applications;
    }

    @BeforeParameterizedClassInvocation
    void start() throws IOException {
        applications = new DubboApplications(protocol, service);
    }

    @AfterEach
    void switchOn() {
        System.clearProperty(SWITCH);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        applications.close();
    }

    private static Optional<ActiveLra> lra(String id) {
        return Optional.of(new ActiveLra(id, Optional.empty()));
    }

    private String bookIn(String id) throws Exception {
        return ThreadContext.callIn(lra(id), () -> {
            String told = applications.hotel().book();
            assertThat(ThreadContext.active()).isEqualTo(lra(id));
            return told;
        });
    }

    @Test
    void the_lra_of_the_caller_is_that_of_the_service() throws Exception {
        assertThat(bookIn(ID)).isEqualTo(ID);
        assertThat(applications.hotel().book()).isEqualTo(Hotel.NO_LRA);
        assertThat(bookIn(ID + "2")).isEqualTo(ID + "2");
    }

    @Test
    void the_provider_of_these_tests_listens_at_the_loopback_address_only() throws IOException {
        assumeThat(protocol).isNotEqualTo(DubboApplications.INJVM);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), applications.port())) {
            assertThat(socket.isConnected()).isTrue();
        }
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        assumeThat(others).isNotEmpty();
        for (InetAddress other : others) {
            try (Socket socket = new Socket()) {
                InetSocketAddress provider = new InetSocketAddress(other, applications.port());
                assertThatThrownBy(() -> socket.connect(provider, 1_000)).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void an_asynchronous_call_is_in_the_lra_of_the_thread_that_makes_it() throws Exception {
        String told = ThreadContext.callIn(lra(ID), () -> applications.hotel().bookLater())
                .get(20, TimeUnit.SECONDS);

        assertThat(told).isEqualTo(ID + ", then " + Hotel.NO_LRA);
    }

    @Test
    void an_lra_that_the_service_has_stepped_out_of_is_not_handed_on() throws Exception {
        assertThat(ThreadContext.callIn(lra(ID), () -> applications.hotel().bookElsewhere()))
                .isEqualTo(Hotel.NO_LRA);
    }

    @Test
    void the_longest_id_arrives() throws Exception {
        String start = ID + "?ParentLRA=";
        String longest = start + "x".repeat(LraId.MAX_CHARACTERS - start.length());

        assertThat(bookIn(longest)).isEqualTo(longest);
    }

    @Test
    void an_attachment_that_is_set_by_hand_stays() throws Exception {
        String other = ID + "-by-hand";

        String told = ThreadContext.callIn(lra(ID), () -> {
            RpcContext.getClientAttachment().setAttachment(LraConsumerFilter.ATTACHMENT, other);
            return applications.hotel().book();
        });

        assertThat(told).isEqualTo(other);
    }

    @Test
    void what_is_no_id_is_refused_and_the_service_does_not_run() {
        int before = service.calls();
        for (String text : new String[] {"nonsense", "ftp://h/lra-coordinator/1", ID + "x".repeat(300)}) {
            RpcContext.getClientAttachment().setAttachment(LraConsumerFilter.ATTACHMENT, text);

            assertThatThrownBy(() -> applications.hotel().book())
                    .isInstanceOf(RpcException.class)
                    .hasMessageContaining("HFPAR");
        }
        assertThat(service.calls()).isEqualTo(before);
    }

    @Test
    void both_sides_can_be_switched_off() throws Exception {
        System.setProperty(SWITCH, "false");

        assertThat(bookIn(ID)).isEqualTo(Hotel.NO_LRA);
        RpcContext.getClientAttachment().setAttachment(LraConsumerFilter.ATTACHMENT, ID);
        assertThat(applications.hotel().book()).isEqualTo(Hotel.NO_LRA);
    }
}
