package io.holdfast.dubbo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;

/** A provider and a consumer in this JVM, without a registry: two applications for a protocol of the network, one for calls within the JVM. */
final class DubboApplications implements AutoCloseable {
    static final String INJVM = "injvm";

    /** 127.0.0.1 as one number: in place of what it takes for the loopback address Dubbo listens at all addresses, and calls another. */
    private static final String HOST = "2130706433";

    private static final int TIMEOUT_MS = 20_000;

    private final DubboBootstrap provider;
    private final DubboBootstrap consumer;
    private final ReferenceConfig<Hotel> reference = new ReferenceConfig<>();
    private final int port = freePort();

    DubboApplications(String protocol, Hotel service) throws IOException {
        boolean isLocal = protocol.equals(INJVM);
        provider = application("provider");
        consumer = isLocal ? provider : application("consumer");
        ServiceConfig<Hotel> offered = new ServiceConfig<>();
        offered.setInterface(Hotel.class);
        offered.setRef(service);
        reference.setInterface(Hotel.class);
        reference.setTimeout(TIMEOUT_MS);
        if (isLocal) {
            offered.setScope("local");
            reference.setScope("local");
        } else {
            ProtocolConfig listening = new ProtocolConfig(protocol, port);
            listening.setHost(HOST);
            provider.protocol(listening);
            reference.setUrl(protocol + "://" + HOST + ":" + port);
        }
        provider.service(offered).start();
        consumer.reference(reference).start();
    }

    private static DubboBootstrap application(String name) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        application.setLogger("jdk");
        return DubboBootstrap.newInstance(new FrameworkModel())
                .application(application)
                .registry(new RegistryConfig(RegistryConfig.NO_AVAILABLE));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    Hotel hotel() {
        return reference.get();
    }

    @Override
    public void close() {
        consumer.destroy();
        provider.destroy();
    }
}
