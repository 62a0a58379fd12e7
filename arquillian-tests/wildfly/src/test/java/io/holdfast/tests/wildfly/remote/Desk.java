package io.holdfast.tests.wildfly.remote;

import io.holdfast.lra.ejb.LraClientInterceptor;
import org.jboss.ejb.client.annotation.ClientInterceptors;

/** The remote interface, in both applications. */
@ClientInterceptors(LraClientInterceptor.class)
public interface Desk {
    /** The LRA that the bean is in; refused without one. */
    String book();

    /** What the bean was told. */
    String told();
}
