package io.holdfast.lra.soap;

import jakarta.xml.soap.AttachmentPart;
import jakarta.xml.soap.MimeHeaders;
import jakarta.xml.soap.SOAPElement;
import jakarta.xml.soap.SOAPHeader;
import jakarta.xml.soap.SOAPHeaderElement;
import jakarta.xml.soap.SOAPMessage;
import jakarta.xml.soap.SOAPPart;
import jakarta.xml.ws.handler.MessageContext;
import jakarta.xml.ws.handler.soap.SOAPMessageContext;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** A message with header elements and nothing else; confined to a test. */
final class FakeEnvelope extends SOAPMessage {
    /** One element of the header. */
    record Element(QName name, String text) {}

    final List<Element> header = new ArrayList<>();
    boolean saved;

    /** As a handler sees it on its way. */
    SOAPMessageContext context(boolean outbound) {
        return fake(SOAPMessageContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "get" -> arguments[0].equals(MessageContext.MESSAGE_OUTBOUND_PROPERTY) ? outbound : null;
            case "getMessage" -> this;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    @Override
    public SOAPHeader getSOAPHeader() {
        return fake(SOAPHeader.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "addHeaderElement" -> added((QName) arguments[0]);
            case "getChildElements" ->
                header.stream()
                        .filter(element -> element.name().equals(arguments[0]))
                        .map(element -> fake(SOAPElement.class, (inner, getter, nothing) -> element.text()))
                        .iterator();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private SOAPHeaderElement added(QName name) {
        return fake(SOAPHeaderElement.class, (proxy, method, arguments) -> {
            header.add(new Element(name, (String) arguments[0]));
            return proxy;
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public void saveChanges() {
        saved = true;
    }

    @Override
    public boolean saveRequired() {
        return !saved;
    }

    @Override
    public SOAPPart getSOAPPart() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setContentDescription(String description) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String getContentDescription() {
        return null;
    }

    @Override
    public void removeAllAttachments() {}

    @Override
    public int countAttachments() {
        return 0;
    }

    @Override
    public Iterator<AttachmentPart> getAttachments() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<AttachmentPart> getAttachments(MimeHeaders headers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeAttachments(MimeHeaders headers) {}

    @Override
    public AttachmentPart getAttachment(SOAPElement element) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addAttachmentPart(AttachmentPart part) {}

    @Override
    public AttachmentPart createAttachmentPart() {
        throw new UnsupportedOperationException();
    }

    @Override
    public MimeHeaders getMimeHeaders() {
        return new MimeHeaders();
    }

    @Override
    public void writeTo(OutputStream out) {
        throw new UnsupportedOperationException();
    }
}
