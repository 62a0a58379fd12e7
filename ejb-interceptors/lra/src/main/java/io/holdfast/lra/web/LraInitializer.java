package io.holdfast.lra.web;

import io.holdfast.lra.cdi.OtherParticipants;
import io.holdfast.lra.cdi.Participation;
import io.holdfast.lra.messages.ParticipantMessage;
import io.holdfast.lra.model.Problem;
import io.holdfast.lra.model.ResourceModel;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.ws.rs.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
 * Stops the deployment of a web application with wrong annotations on classes that are no beans, which CDI says nothing of, and puts {@link
 * RequestEndFilter} around its requests.
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
public final class LraInitializer implements ServletContainerInitializer {
    private static final String FILTER = "io.holdfast.lra";

    @Override
    public void onStartup(@Nullable Set<Class<?>> types, ServletContext context) throws ServletException {
        if (OtherParticipants.find(context.getClassLoader()).isPresent()) {
            return;
        }
        List<String> mistakes = Stream.ofNullable(types)
                .flatMap(Set::stream)
                .filter(Participation::isPossible)
                .flatMap(LraInitializer::mistakes)
                .sorted()
                .toList();
        if (!mistakes.isEmpty()) {
            throw new ServletException(String.join("; ", mistakes));
        }
        FilterRegistration.@Nullable Dynamic filter = context.addFilter(FILTER, RequestEndFilter.class);
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
        }
    }

    private static Stream<String> mistakes(Class<?> type) {
        try {
            return ResourceModel.read(type).problems().stream()
                    .filter(Problem::stopsDeployment)
                    .map(Problem::line);
        } catch (LinkageError missingClass) {
            ParticipantMessage.UNREADABLE.log(type.getName(), missingClass);
            return Stream.empty();
        }
    }
}
