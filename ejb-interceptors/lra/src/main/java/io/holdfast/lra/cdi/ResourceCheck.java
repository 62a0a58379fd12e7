package io.holdfast.lra.cdi;

import io.holdfast.lra.messages.ParticipantMessage;
import io.holdfast.lra.model.Problem;
import io.holdfast.lra.model.ResourceModel;
import io.holdfast.lra.web.RequestEndFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.lra.annotation.AfterLRA;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.Forget;
import org.eclipse.microprofile.lra.annotation.Status;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.eclipse.microprofile.lra.annotation.ws.rs.Leave;
import org.jspecify.annotations.Nullable;

/**
 * Finds the participants of a web application that are no beans, and stops its deployment when their annotations are wrong: Payara tells a
 * CDI extension nothing of a class that has a {@code @Path} and no scope. What {@link LraExtension} has found it has reported before. Puts {@link
 * RequestEndFilter} around the application's requests.
 */
@HandlesTypes({
    Path.class,
    LRA.class,
    Leave.class,
    Compensate.class,
    Complete.class,
    Status.class,
    Forget.class,
    AfterLRA.class
})
public final class ResourceCheck implements ServletContainerInitializer {
    private static final String FILTER = "io.holdfast.lra";
    private static final String FOUND = "io.holdfast.lra.classes";

    /** The classes that were found in the application. */
    static List<Class<?>> found(ServletContext context) {
        return context.getAttribute(FOUND) instanceof List<?> classes
                ? classes.stream().<Class<?>>map(Class.class::cast).toList()
                : List.of();
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) throws ServletException {
        if (OtherParticipants.find(context.getClassLoader()).isPresent()) {
            return;
        }
        List<ResourceModel.Reading> read = Stream.ofNullable(types)
                .flatMap(Set::stream)
                .filter(Participation::isPossible)
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(ResourceCheck::read)
                .toList();
        String mistakes = read.stream()
                .flatMap(reading -> reading.problems().stream())
                .filter(Problem::stopsDeployment)
                .map(Problem::line)
                .collect(Collectors.joining("; "));
        if (!mistakes.isEmpty()) {
            throw new ServletException(mistakes);
        }
        context.setAttribute(
                FOUND, read.stream().map(reading -> reading.model().type()).toList());
        addFilter(context);
    }

    private static void addFilter(ServletContext context) {
        FilterRegistration.@Nullable Dynamic filter = context.addFilter(FILTER, RequestEndFilter.class);
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        }
    }

    private static Stream<ResourceModel.Reading> read(Class<?> type) {
        try {
            return Stream.of(ResourceModel.read(type));
        } catch (LinkageError missingClass) {
            ParticipantMessage.UNREADABLE.log(type.getName(), missingClass);
            return Stream.empty();
        }
    }
}
