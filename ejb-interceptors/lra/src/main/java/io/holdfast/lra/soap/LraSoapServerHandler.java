package io.holdfast.lra.soap;

import io.holdfast.lra.client.InvalidLraIdException;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import io.holdfast.lra.runtime.Wire;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPHeader;
import jakarta.xml.ws.ProtocolException;
import jakarta.xml.ws.handler.MessageContext;
import jakarta.xml.ws.handler.soap.SOAPHandler;
import jakarta.xml.ws.handler.soap.SOAPMessageContext;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import org.w3c.dom.Node;

/**
 * Lets a web service work in the LRA that {@link LraSoapClientHandler} has sent: calls that it makes carry it, and a session bean with {@code
 * @LRA} is in it. Named in the service's handler chain:
 *
 * <pre>{@code
 * @WebService
 * @HandlerChain(file = "handlers.xml")
 * public class Hotel { ... }
 * }</pre>
 *
 * <p>A header whose text is no id of an LRA (8,192 characters at most) is answered with a fault that says so, and the service does not run. The
 * system property {@code holdfast.propagation.soap} with {@code false} lets it run in none. Thread-safe.
 */
public final class LraSoapServerHandler implements SOAPHandler<SOAPMessageContext> {
    @Override
    public boolean handleMessage(SOAPMessageContext context) {
        boolean arrives = !Boolean.TRUE.equals(context.get(MessageContext.MESSAGE_OUTBOUND_PROPERTY));
        if (arrives) {
            ThreadContext.enter(Wire.SOAP.isOn() ? lra(context) : Optional.empty());
        }
        return true;
    }

    private static Optional<ActiveLra> lra(SOAPMessageContext context) {
        try {
            SOAPHeader header = context.getMessage().getSOAPHeader();
            if (header == null) {
                return Optional.empty();
            }
            Iterator<? extends Node> found = header.getChildElements(LraSoapClientHandler.HEADER);
            if (!found.hasNext()) {
                return Optional.empty();
            }
            String id = found.next().getTextContent().strip();
            return Optional.of(new ActiveLra(LraId.parse(id).uri().toString(), Optional.empty()));
        } catch (SOAPException e) {
            throw new ProtocolException(e);
        } catch (InvalidLraIdException e) {
            throw new ProtocolException(e.getMessage(), e);
        }
    }

    @Override
    public boolean handleFault(SOAPMessageContext context) {
        return true;
    }

    /** The thread is the server's again. */
    @Override
    public void close(MessageContext context) {
        ThreadContext.enter(Optional.empty());
    }

    @Override
    public Set<QName> getHeaders() {
        return Set.of(LraSoapClientHandler.HEADER);
    }
}
