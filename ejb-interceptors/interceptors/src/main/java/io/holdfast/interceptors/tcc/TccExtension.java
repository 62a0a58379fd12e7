package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.AdapterApi;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.JtaTransaction;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Fails the deployment of an application with a wrong {@link Tcc} or {@link Compensable}; registers one with right ones at the resource adapter when it has
 * started, and ends that when it stops.
 */
public class TccExtension implements Extension {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    private static final String MODULE_NAME = "java:module/ModuleName";
    private static final String CONTEXT_SERVICE = "java:comp/DefaultContextService";

    private final List<IllegalArgumentException> mistakes = new ArrayList<>();
    private final TccBeans beans = new TccBeans();
    /** Each try and each decision asks for the transaction it is in. */
    private final Directory jndi = Directory.JNDI.keeping(JtaTransaction.REGISTRY);

    private final Fences fences = new Fences(jndi);
    private final Tries tries = new Tries();
    private volatile Duration retention = Duration.ZERO;
    private volatile String application = "";
    /** Ends it; null while there is none. */
    private volatile @Nullable Runnable registration;

    private boolean stopped;
    private volatile @Nullable Bean<?> ownTransaction;

    void read(@Observes @WithAnnotations({Tcc.class, Compensable.class}) ProcessAnnotatedType<?> found) {
        AnnotatedType<?> type = found.getAnnotatedType();
        Class<?> bean = type.getJavaClass();
        if (type.isAnnotationPresent(Interceptor.class) || Modifier.isAbstract(bean.getModifiers())) {
            return;
        }
        for (Class<? extends Annotation> annotation : List.of(Tcc.class, Compensable.class)) {
            if (type.isAnnotationPresent(annotation)) {
                mistakes.add(TccReader.mistake(
                        bean.getName(), "@" + annotation.getSimpleName(), "the annotation belongs on a method"));
            }
        }
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (TccReader.isOne(method.getJavaMember())) {
                read(bean, method.getJavaMember());
            }
        }
    }

    private void read(Class<?> bean, Method method) {
        if (!AdapterApi.isVisible()) {
            mistakes.add(AdapterApi.missing(bean.getName() + "#" + method.getName(), TccReader.annotation(method)));
            return;
        }
        try {
            beans.add(TccReader.read(bean, method));
        } catch (IllegalArgumentException mistake) {
            mistakes.add(mistake);
        }
    }

    void note(@Observes ProcessManagedBean<?> found) {
        if (found.getBean().getBeanClass() == OwnTransaction.class) {
            ownTransaction = found.getBean();
        }
        beans.add(found.getAnnotatedBeanClass().getJavaClass(), found.getBean());
    }

    void report(@Observes AfterBeanDiscovery discovery) {
        mistakes.forEach(discovery::addDefinitionError);
    }

    void report(@Observes AfterDeploymentValidation validation) {
        beans.problems().forEach(validation::addDeploymentProblem);
        if (beans.isEmpty()) {
            return;
        }
        try {
            retention = FenceRetention.age(System.getProperty(FenceRetention.SETTING));
        } catch (IllegalArgumentException wrong) {
            validation.addDeploymentProblem(wrong);
        }
    }

    /**
     * Each module of an application has its start; the first registers all of them. Payara starts the beans of an EAR before its modules,
     * when there are no names of a module yet; the start of its web module follows ({@link TccStart}).
     */
    void register(@Observes Startup started, BeanManager manager) throws NamingException {
        if (isInModule()) {
            register(manager);
        } else {
            LOG.log(Level.DEBUG, "Not in a module yet; its start is waited for");
        }
    }

    private boolean isInModule() {
        try {
            return jndi.find(MODULE_NAME) != null;
        } catch (NamingException notInModule) {
            LOG.log(Level.DEBUG, "No module's names here", notInModule);
            return false;
        }
    }

    synchronized void register(BeanManager manager) throws NamingException {
        if (beans.isEmpty() || registration != null || stopped) {
            return;
        }
        application = jndi.find("java:app/AppName") + "/" + jndi.find(MODULE_NAME);
        beans.methods().forEach(this::prepare);
        ContextService contexts = (ContextService) jndi.find(CONTEXT_SERVICE);
        OwnTransaction own = ownTransaction(manager);
        Runnable registered = TccRegistration.of(jndi, application, contexts, manager, beans, fences, tries, own);
        registration = withRetention(own, registered);
    }

    /** @return ends both */
    private Runnable withRetention(OwnTransaction own, Runnable registered) {
        var cleaning = new FenceRetention(fences, own, retention, InstantSource.system());
        cleaning.start(jndi);
        return () -> {
            try (cleaning) {
                registered.run();
            }
        };
    }

    /** Not by a look-up: on Payara this manager is one that does not see the beans of jars in WEB-INF/lib. */
    private OwnTransaction ownTransaction(BeanManager manager) {
        Bean<?> bean = Objects.requireNonNull(ownTransaction, "holdfast-interceptors is no bean archive");
        return (OwnTransaction) manager.getReference(bean, OwnTransaction.class, manager.createCreationalContext(bean));
    }

    /** A database that is down now may be there when it is needed. */
    private void prepare(TccMethod method) {
        try {
            fences.prepare(method);
        } catch (SQLException unavailable) {
            LOG.log(
                    Level.WARNING,
                    InterceptorMessage.FENCE_UNAVAILABLE.with(method.fencing().name(), unavailable),
                    unavailable);
        }
    }

    void unregister(@Observes BeforeShutdown stopping) {
        Runnable current;
        synchronized (this) {
            stopped = true;
            current = registration;
            registration = null;
        }
        if (current != null) {
            current.run();
        }
    }

    String application() {
        return application;
    }

    /** @throws NamingException when it was not registered at a start, and cannot be now either */
    TryCall around(Class<?> target, Method called, OwnTransaction own, BeanManager manager) throws NamingException {
        if (registration == null) {
            register(manager);
        }
        return new TryCall(jndi, application, beans.of(target, called), fences, tries, own);
    }
}
