package io.holdfast.lra.cdi;

import io.holdfast.lra.bean.LraGoverned;
import io.holdfast.lra.messages.ParticipantMessage;
import io.holdfast.lra.model.Problem;
import io.holdfast.lra.model.ResourceModel;
import jakarta.ejb.MessageDriven;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.Forget;
import org.eclipse.microprofile.lra.annotation.Status;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.eclipse.microprofile.lra.annotation.ws.rs.Leave;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotations of an application's classes when it is deployed, stops the deployment when they are wrong, and notes the beans of
 * participants: a jar in WEB-INF/lib cannot look up beans of WEB-INF/classes on every server, but it is told of all of them here.
 */
public class LraExtension implements Extension {
    private final Map<Class<?>, ResourceModel> models = new ConcurrentHashMap<>();
    private final Map<Class<?>, Bean<?>> beans = new ConcurrentHashMap<>();
    private final List<DefinitionException> mistakes = new ArrayList<>();
    private final Set<ClassLoader> looked = new HashSet<>();
    private final Map<Class<?>, String> applicationPaths = new ConcurrentHashMap<>();
    private boolean isOff;

    void begin(@Observes BeforeBeanDiscovery discovery) {
        lookForOthers(Thread.currentThread().getContextClassLoader());
    }

    /** Of each class too: in an EAR, WildFly deploys with the context of the EAR, but shows its subsystem to the classes of the WARs alone. */
    private void lookForOthers(ClassLoader application) {
        if (!isOff && looked.add(application)) {
            Optional<String> other = OtherParticipants.find(application);
            isOff = other.isPresent();
            other.ifPresent(ParticipantMessage.SWITCHED_OFF::log);
        }
    }

    void read(
            @Observes
                    @WithAnnotations({
                        Path.class,
                        LRA.class,
                        Leave.class,
                        Compensate.class,
                        Complete.class,
                        Status.class,
                        Forget.class,
                        AfterLRA.class
                    })
                    ProcessAnnotatedType<?> found) {
        Class<?> type = found.getAnnotatedType().getJavaClass();
        lookForOthers(type.getClassLoader());
        if (!isOff && Participation.isPossible(type)) {
            read(type);
            intercept(found, models.get(type));
        }
    }

    /** Beans that are no resources are let into their LRAs by an interceptor. */
    private void intercept(ProcessAnnotatedType<?> found, @Nullable ResourceModel model) {
        if (model == null || found.getAnnotatedType().isAnnotationPresent(Interceptor.class)) {
            return;
        }
        if (type(found).isAnnotationPresent(MessageDriven.class)) {
            requireGoverned(type(found), model);
        }
        boolean needed = found.getAnnotatedType().getMethods().stream()
                .anyMatch(method -> model.needsInterceptor(method.getJavaMember()));
        if (needed) {
            found.configureAnnotatedType()
                    .filterMethods(method -> model.needsInterceptor(method.getJavaMember()))
                    .forEach(method -> method.add(LraGoverned.Literal.INSTANCE));
        }
    }

    private static Class<?> type(ProcessAnnotatedType<?> found) {
        return found.getAnnotatedType().getJavaClass();
    }

    /** Servers bind interceptors to message-driven beans by their classes as they are written. */
    private void requireGoverned(Class<?> type, ResourceModel model) {
        for (Method method : type.getMethods()) {
            if (model.needsInterceptor(method) && !method.isAnnotationPresent(LraGoverned.class)) {
                mistakes.add(new DefinitionException(
                        ParticipantMessage.NOT_INTERCEPTED.line(type.getName() + "#" + method.getName())));
            }
        }
    }

    /** Where the JAX-RS applications of this one answer. */
    void noteApplication(@Observes @WithAnnotations(ApplicationPath.class) ProcessAnnotatedType<?> found) {
        ApplicationPath path = found.getAnnotatedType().getAnnotation(ApplicationPath.class);
        if (path != null) {
            applicationPaths.put(found.getAnnotatedType().getJavaClass(), path.value());
        }
    }

    /** With the context path of its web application; empty unless there is exactly one. */
    Optional<String> applicationPath(List<ServletContext> webApplications) {
        return applicationPaths.size() == 1
                ? applicationPaths.entrySet().stream()
                        .flatMap(only -> contextOf(only.getKey(), webApplications).stream()
                                .map(context -> context.getContextPath() + below(only.getValue())))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<ServletContext> contextOf(Class<?> application, List<ServletContext> webApplications) {
        return webApplications.size() == 1
                ? Optional.of(webApplications.get(0))
                : webApplications.stream()
                        .filter(context -> context.getClassLoader() == application.getClassLoader())
                        .findFirst();
    }

    private static String below(String path) {
        return (path.startsWith("/") ? "" : "/") + path.replaceAll("/?\\*?$", "");
    }

    private void read(Class<?> type) {
        try {
            ResourceModel.Reading reading = ResourceModel.read(type);
            models.put(type, reading.model());
            reading.problems().forEach(this::report);
        } catch (LinkageError missingClass) {
            ParticipantMessage.UNREADABLE.log(type.getName(), missingClass);
        }
    }

    private void report(Problem problem) {
        if (problem.stopsDeployment()) {
            mistakes.add(new DefinitionException(problem.line()));
        } else {
            problem.log();
        }
    }

    void noteClass(@Observes ProcessManagedBean<?> bean) {
        note(bean.getBean());
    }

    /** With local or remote interfaces alone there is nothing to call a callback on that these do not have. */
    void noteSession(@Observes ProcessSessionBean<?> session) {
        Bean<?> bean = session.getBean();
        Class<?> type = bean.getBeanClass();
        note(bean);
        ResourceModel model = models.get(type);
        if (model != null
                && model.hasPlainCallbacks()
                && bean.getTypes().stream().noneMatch(seen -> isOf(seen, type))) {
            mistakes.add(new DefinitionException(ParticipantMessage.NO_VIEW.line(type.getName())));
        }
    }

    private static boolean isOf(Type seen, Class<?> type) {
        return seen instanceof ParameterizedType generic ? generic.getRawType().equals(type) : seen.equals(type);
    }

    private void note(Bean<?> bean) {
        if (models.containsKey(bean.getBeanClass())) {
            beans.put(bean.getBeanClass(), bean);
        }
    }

    void report(@Observes AfterBeanDiscovery discovery) {
        if (!isOff) {
            mistakes.forEach(discovery::addDefinitionError);
        }
    }

    boolean isOff() {
        return isOff;
    }

    Map<Class<?>, ResourceModel> models() {
        return models;
    }

    Optional<Bean<?>> bean(Class<?> type) {
        return Optional.ofNullable(beans.get(type));
    }
}
