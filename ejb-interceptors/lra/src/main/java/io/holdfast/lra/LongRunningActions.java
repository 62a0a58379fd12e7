package io.holdfast.lra;

import io.holdfast.lra.cdi.ApplicationRuntime;
import io.holdfast.lra.client.CoordinatorException;
import io.holdfast.lra.client.Enlistment;
import io.holdfast.lra.client.InvalidLraIdException;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.messages.ParticipantMessage;
import io.holdfast.lra.model.ResourceModel;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ParticipantRuntime;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.jspecify.annotations.Nullable;

/**
 * Starts, joins and ends LRAs by hand: from EJBs, CDI beans, timers and message listeners that are no resources of Jakarta REST.
 *
 * <pre>{@code
 * @Inject LongRunningActions lras;
 *
 * URI lra = lras.start("nightly booking", Duration.ofMinutes(5));
 * lras.join(lra, Hotel.class);                      // Hotel has a @Compensate method
 * lras.runIn(lra, () -> flightClient.book(seat));   // the call carries the LRA
 * lras.close(lra);                                  // or cancel
 * }</pre>
 *
 * <p>Every method waits for the coordinator, no longer than its configured times, and throws {@link LraException} when it has not done what it
 * was asked, or nobody knows. All but the starts may be called again with the same arguments. Nothing ends by itself: who starts an LRA here
 * closes or cancels it, or its time limit cancels it; that also holds over a crash of this server. Thread-safe.
 */
@ApplicationScoped
public class LongRunningActions {
    private final @Nullable ApplicationRuntime application;

    /** For proxies. */
    protected LongRunningActions() {
        this.application = null;
    }

    @Inject
    LongRunningActions(ApplicationRuntime application) {
        this.application = application;
    }

    /** The LRA of this thread: of the method or callback that runs, or of {@link #callIn}. */
    public Optional<URI> current() {
        return ThreadContext.active().flatMap(active -> {
            try {
                return Optional.of(LraId.parse(active.id()).uri());
            } catch (InvalidLraIdException sentOnAsItCame) {
                return Optional.empty();
            }
        });
    }

    /**
     * Starts an LRA, which this thread is not in afterwards.
     *
     * @param name what the coordinator's lists show as its starter
     * @param timeLimit after which the coordinator cancels it; zero for never, and then one whose id is lost stays open
     * @throws LraException if there is none; with {@code UNCERTAIN} there may be one that its time limit will cancel
     */
    public URI start(String name, Duration timeLimit) {
        return asked(() -> runtime().coordinator().start(name, limit(timeLimit)).uri());
    }

    /**
     * Starts an LRA within another: it ends on its own, and what it closed is compensated when the other is cancelled.
     *
     * @param timeLimit zero for none of its own
     */
    public URI startNested(URI parent, String name, Duration timeLimit) {
        return asked(() -> runtime()
                .coordinator()
                .startNested(LraId.parse(parent.toString()), name, limit(timeLimit))
                .uri());
    }

    private static Optional<Duration> limit(Duration timeLimit) {
        if (timeLimit.isNegative()) {
            throw new IllegalArgumentException("A time limit must not be negative: " + timeLimit);
        }
        return timeLimit.isZero() ? Optional.empty() : Optional.of(timeLimit);
    }

    /**
     * Joins a class of this application, durably on return: its callbacks are called when the LRA ends. A class joins once, however often
     * this is called.
     *
     * @param participant has a {@code @Compensate} or {@code @AfterLRA} method, of Jakarta REST or not
     * @return where the coordinator keeps it ({@code Long-Running-Action-Recovery})
     * @throws IllegalArgumentException if it has none, or a {@code @Path} with templates, whose values only a request has
     * @throws IllegalStateException if nobody knows yet where coordinators reach this application, or others serve it
     */
    public URI join(URI lra, Class<?> participant) {
        return asked(() -> joined(lra, participant, "").recovery());
    }

    /**
     * The same, with data that the coordinator keeps: {@link LraParticipantData#get()} gives them to the callbacks.
     *
     * @param data at most 65,536 characters that can stand in an HTTP header; they replace earlier ones unless they are empty
     * @return what was kept before; empty when it joins for the first time, and from coordinators that do not tell
     * @throws IllegalArgumentException also if the data are too long or cannot stand there
     */
    public String joinWithData(URI lra, Class<?> participant, String data) {
        return asked(() -> joined(lra, participant, data).earlierData());
    }

    private Enlistment joined(URI lra, Class<?> participant, String data) throws CoordinatorException {
        LraId id = LraId.parse(lra.toString());
        return runtime().coordinator().join(id, link(id, participant), data, Optional.empty());
    }

    /** Takes a class out that joined by {@link #join}: it is not called when the LRA ends. */
    public void leave(URI lra, Class<?> participant) {
        asked(() -> {
            LraId id = LraId.parse(lra.toString());
            runtime().coordinator().leave(id, link(id, participant));
            return lra;
        });
    }

    private String link(LraId lra, Class<?> participant) {
        if (application().isServedByOthers()) {
            throw new IllegalStateException(
                    "The server's own participants serve this application; join by their means");
        }
        String base = runtime()
                .base()
                .orElseThrow(() ->
                        new IllegalStateException(ParticipantMessage.NO_BASE_ADDRESS.line(participant.getName(), lra)));
        ResourceModel model = runtime().model(participant).orElseThrow();
        return runtime()
                .link(model, base, Map.of(), lra)
                .orElseThrow(() ->
                        new IllegalArgumentException(ParticipantMessage.NOT_A_PARTICIPANT.line(participant.getName())));
    }

    /**
     * Closes an LRA: its participants complete.
     *
     * @return its status now: Closing while participants have not completed
     */
    public LRAStatus close(URI lra) {
        return asked(() -> runtime().coordinator().close(LraId.parse(lra.toString())));
    }

    /**
     * Cancels an LRA: its participants compensate.
     *
     * @return its status now: Cancelling while participants have not compensated
     */
    public LRAStatus cancel(URI lra) {
        return asked(() -> runtime().coordinator().cancel(LraId.parse(lra.toString())));
    }

    public LRAStatus status(URI lra) {
        return asked(() -> runtime().coordinator().status(LraId.parse(lra.toString())));
    }

    /**
     * Gives an LRA another time limit.
     *
     * @param timeLimit from now; zero for none
     */
    public void renew(URI lra, Duration timeLimit) {
        asked(() -> {
            runtime().coordinator().renew(LraId.parse(lra.toString()), limit(timeLimit));
            return lra;
        });
    }

    /** Works in an LRA: outgoing calls of Jakarta REST carry it. The thread is in its own again afterwards. */
    public <T> T callIn(URI lra, Callable<T> work) throws Exception {
        return ThreadContext.callIn(Optional.of(new ActiveLra(lra.toString(), Optional.empty())), work);
    }

    /** Works in an LRA: outgoing calls of Jakarta REST carry it. The thread is in its own again afterwards. */
    public void runIn(URI lra, Runnable work) {
        ThreadContext.runIn(Optional.of(new ActiveLra(lra.toString(), Optional.empty())), work);
    }

    /**
     * The work, to be done by another thread in the LRA that this thread is in now; in none when it is in none. For executors that are
     * not the server's, which take no LRA along by themselves.
     */
    public <T> Callable<T> contextual(Callable<T> work) {
        Optional<ActiveLra> lra = ThreadContext.active();
        return () -> ThreadContext.callIn(lra, work);
    }

    /** The same for work that has no result. */
    public Runnable contextualRunnable(Runnable work) {
        Optional<ActiveLra> lra = ThreadContext.active();
        return () -> ThreadContext.runIn(lra, work);
    }

    private ApplicationRuntime application() {
        if (application == null) {
            throw new IllegalStateException("not made by CDI");
        }
        return application;
    }

    private ParticipantRuntime runtime() {
        return application().whoeverServes();
    }

    /** What a coordinator is asked. */
    private interface Question<T> {
        T ask() throws CoordinatorException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (CoordinatorException failure) {
            throw new LraException(failure);
        }
    }
}
