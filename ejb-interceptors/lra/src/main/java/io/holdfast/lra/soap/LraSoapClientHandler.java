package io.holdfast.lra.soap;

import io.holdfast.lra.runtime.ThreadContext;
import io.holdfast.lra.runtime.Wire;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPHeader;
import jakarta.xml.soap.SOAPMessage;
import jakarta.xml.ws.ProtocolException;
import jakarta.xml.ws.handler.MessageContext;
import jakarta.xml.ws.handler.soap.SOAPHandler;
import jakarta.xml.ws.handler.soap.SOAPMessageContext;
import java.util.Set;
import javax.xml.namespace.QName;

/**
 * Sends the calling thread's LRA with calls of a web service, in the SOAP header {@link #HEADER}, whose text is the id.
 *
 * <pre>{@code
 * ((BindingProvider) port).getBinding().setHandlerChain(List.of(new LraSoapClientHandler()));
 * }</pre>
 *
 * <p>Nothing goes when the thread is in no LRA, and when the system property {@code holdfast.propagation.soap} is {@code false}. Thread-safe.
 */
public final class LraSoapClientHandler implements SOAPHandler<SOAPMessageContext> {
    /** The header's name. */
    public static final QName HEADER = new QName("urn:io.holdfast:lra", "Long-Running-Action", "hf");

    @Override
    public boolean handleMessage(SOAPMessageContext context) {
        boolean isSent = Boolean.TRUE.equals(context.get(MessageContext.MESSAGE_OUTBOUND_PROPERTY));
        if (isSent && Wire.SOAP.isOn()) {
            ThreadContext.active().ifPresent(lra -> send(context.getMessage(), lra.id()));
        }
        return true;
    }

    private static void send(SOAPMessage message, String lra) {
        try {
            SOAPHeader header = message.getSOAPHeader();
            if (header == null) {
                header = message.getSOAPPart().getEnvelope().addHeader();
            }
            header.addHeaderElement(HEADER).addTextNode(lra);
            message.saveChanges();
        } catch (SOAPException e) {
            throw new ProtocolException(e);
        }
    }

    @Override
    public boolean handleFault(SOAPMessageContext context) {
        return true;
    }

    @Override
    public void close(MessageContext context) {}

    @Override
    public Set<QName> getHeaders() {
        return Set.of();
    }
}
