package io.holdfast.scenarios.context;

import io.holdfast.lra.LongRunningActions;
import io.holdfast.lra.soap.LraSoapClientHandler;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Service;
import java.io.Closeable;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.namespace.QName;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** Books a room at the other application. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class Caller {
    private static final int SECONDS = 30;

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private LongRunningActions lras;

    @Inject
    private LaterBean later;

    @EJB
    private LaterSessionBean laterSession;

    @EJB
    private MessageCaller messages;

    /** The LRA that the other application was called with. */
    public String book(Way way, URI rooms) throws Exception {
        Client client = ClientBuilder.newClient();
        try {
            Invocation.Builder request = client.target(rooms).request();
            return switch (way) {
                case SYNCHRONOUS -> now(request);
                case ASYNCHRONOUS ->
                    request.async().put(Entity.text(""), String.class).get(SECONDS, TimeUnit.SECONDS);
                case REACTIVE ->
                    request.rx()
                            .put(Entity.text(""), String.class)
                            .toCompletableFuture()
                            .get(SECONDS, TimeUnit.SECONDS);
                case TASK -> executor.submit(() -> now(request)).get(SECONDS, TimeUnit.SECONDS);
                case ASYNCHRONOUS_METHOD ->
                    later.book(rooms).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
                case ASYNCHRONOUS_SESSION_BEAN ->
                    laterSession.book(lras.current(), rooms).get(SECONDS, TimeUnit.SECONDS);
                case SOAP -> service(rooms.resolve("../" + SoapRooms.SERVICE)).book();
                case JMS -> messages.book(Duration.ofSeconds(SECONDS));
                case MICROPROFILE -> microProfile(rooms, microProfile -> microProfile.book(""));
                case MICROPROFILE_ASYNCHRONOUS ->
                    microProfile(rooms, microProfile -> microProfile
                            .bookLater("")
                            .toCompletableFuture()
                            .get(SECONDS, TimeUnit.SECONDS));
                case CONTEXTUAL_TASK ->
                    executor.submit(lras.contextual(() -> now(request))).get(SECONDS, TimeUnit.SECONDS);
            };
        } finally {
            client.close();
        }
    }

    private interface Booking {
        String by(RoomsClient client) throws Exception;
    }

    private static String microProfile(URI rooms, Booking booking) throws Exception {
        RoomsClient client = RestClientBuilder.newBuilder().baseUri(rooms).build(RoomsClient.class);
        try {
            return booking.by(client);
        } finally {
            ((Closeable) client).close();
        }
    }

    private static SoapRooms service(URI address) throws MalformedURLException {
        Service service = Service.create(
                URI.create(address + "?wsdl").toURL(), new QName(SoapRooms.NAMESPACE, SoapRooms.SERVICE));
        SoapRooms port = service.getPort(SoapRooms.class);
        BindingProvider binding = (BindingProvider) port;
        binding.getRequestContext().put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, address.toString());
        binding.getBinding().setHandlerChain(List.of(new LraSoapClientHandler()));
        return port;
    }

    static String now(URI rooms) {
        Client client = ClientBuilder.newClient();
        try {
            return now(client.target(rooms).request());
        } finally {
            client.close();
        }
    }

    private static String now(Invocation.Builder request) {
        return request.put(Entity.text(""), String.class);
    }
}
