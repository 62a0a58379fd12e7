package io.holdfast.tests.dubbo;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;

/** Offers the hotel, from its first use on. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class HotelProvider {
    /** 127.0.0.1 as one number: in place of what it takes for the loopback address Dubbo listens at all addresses, and calls another. */
    private static final String HOST = "2130706433";

    private static final String PROTOCOL = "tri";

    private int port;
    private DubboBootstrap bootstrap;

    @Inject
    private HotelBean hotel;

    @PostConstruct
    void start() {
        port = freePort();
        ServiceConfig<Hotel> service = new ServiceConfig<>();
        service.setInterface(Hotel.class);
        service.setRef(hotel);
        ProtocolConfig listening = new ProtocolConfig(PROTOCOL, port);
        listening.setHost(HOST);
        bootstrap = Dubbo.application("hotel").protocol(listening).service(service);
        bootstrap.start();
    }

    @PreDestroy
    void stop() {
        bootstrap.destroy();
    }

    /** Where it can be called. */
    public String address() {
        return PROTOCOL + "://" + HOST + ":" + port;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
