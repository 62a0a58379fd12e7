package io.holdfast.rar;

import io.holdfast.api.HoldfastException;
import io.holdfast.engine.delivery.Answer;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Sends to queues and topics of this server's JNDI, outside of every transaction. Never blocks. Thread-safe. */
final class JmsCalls {
    private static final String SCHEME = "jms";
    private static final int MAX_CHARACTERS = 500;
    /** No scheme but java, since a name with one may call another host; none that only an application's threads can see. */
    private static final Pattern NAME = Pattern.compile("(java:(?!(app|comp|module)/))?[^:\\p{Cntrl}]+");

    private final String factory;
    private final FewAtATime sends;
    private final Jndi jndi;

    /** @param factory the name of the connection factory; empty when nothing can be sent */
    JmsCalls(String factory, BeanThreads threads, Jndi jndi) {
        this.factory = factory;
        this.sends = new FewAtATime(threads);
        this.jndi = jndi;
    }

    static boolean isFor(URI address) {
        return SCHEME.equalsIgnoreCase(address.getScheme());
    }

    /** Whether the adapter's threads could find something under that name. */
    static boolean isName(String name) {
        return name.length() <= MAX_CHARACTERS && NAME.matcher(name).matches();
    }

    /** @throws HoldfastException when nothing can be sent to that address, with the reason */
    void check(URI address) {
        String name = name(address);
        if (!isName(name)) {
            throw new HoldfastException(
                    AdapterMessage.BAD_ADDRESS.text(
                            "notification",
                            address,
                            "jms: and a name of at most " + MAX_CHARACTERS
                                    + " characters in the server's JNDI, without a scheme but java: and not of one application"));
        }
        if (factory.isEmpty()) {
            throw new HoldfastException(AdapterMessage.NO_JMS_FACTORY.text(address));
        }
        try {
            Jms.checkDestination(jndi, name);
        } catch (NamingException unknown) {
            throw new HoldfastException(AdapterMessage.NO_DESTINATION.text(name, unknown), unknown);
        }
    }

    /** The name in JNDI. */
    static String name(URI address) {
        @Nullable String name = address.getSchemeSpecificPart();
        return name == null ? "" : name;
    }

    /** The answer is that of the broker: it has the message, or it gives none. */
    CompletableFuture<Answer> send(URI address, String body, Map<String, String> properties) {
        return sends.tell(address.toString(), () -> {
            Jms.send(jndi, factory, name(address), body, properties);
            return new Answer.Done();
        });
    }
}
