package io.holdfast.interceptors.tcc;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import javax.naming.NamingException;

/**
 * Internal: registers the application's participants when its web module starts, where its beans were started before that and without names
 * of a module: in an EAR on Payara. Nothing happens where they are registered.
 */
@WebListener
public class TccStart implements ServletContextListener {
    @Inject
    private BeanManager beans;

    /** An application that cannot be registered does not start. */
    @Override
    public void contextInitialized(ServletContextEvent started) {
        try {
            beans.getExtension(TccExtension.class).register(beans);
        } catch (NamingException notRegistered) {
            throw new IllegalStateException(notRegistered);
        }
    }
}
