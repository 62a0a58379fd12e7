package io.holdfast.lra.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.jspecify.annotations.Nullable;

/**
 * Starts, joins and ends LRAs at their coordinators, by the REST contract that Holdfast's and Narayana's have. A new LRA is started at
 * the first configured coordinator that can be connected; what is wanted of an LRA goes to its own coordinator, which is taken from its
 * id, but only to one that is trusted, so that a stranger's id neither makes this server call any host nor moves later LRAs there.
 *
 * <p>Every method waits for the answer, no longer than the settings' times for each coordinator it tries (twice that, when a kept connection
 * broke), and is safe to call again with the same arguments, except the start, which then starts another LRA. Thread-safe.
 */
public final class CoordinatorClient implements AutoCloseable {
    static final int MAX_LINK_CHARACTERS = 8_192;
    static final int MAX_DATA_CHARACTERS = 65_536;

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final CoordinatorSettings settings;
    private final CoordinatorHttp http;
    /** Which coordinator was connected last, so that one that is away is not tried at each start. */
    private volatile int preferred;

    /** Over TLS it trusts whom the JVM trusts. */
    public CoordinatorClient(CoordinatorSettings settings) {
        this(settings, null);
    }

    CoordinatorClient(CoordinatorSettings settings, @Nullable SSLContext tls) {
        this.settings = settings;
        this.http = new CoordinatorHttp(settings, tls);
    }

    /**
     * Starts a top-level LRA.
     *
     * @param clientId what the coordinator's lists show as the starter
     * @param timeLimit after which the coordinator cancels it; empty for never
     * @throws CoordinatorUnreachableException if {@code mayHaveBeenDone}, there may be an LRA that nobody knows the id of
     * @throws UntrustedCoordinatorException if the coordinator gave it an id at an address that is not trusted
     */
    public LraId start(String clientId, Optional<Duration> timeLimit) throws CoordinatorException {
        List<CoordinatorAddress> coordinators = settings.coordinators();
        Call call = startCall(clientId, timeLimit, "");
        int first = preferred;
        for (int i = 0; i < coordinators.size(); i++) {
            int index = (first + i) % coordinators.size();
            try {
                LraId started = started(coordinators.get(index), call);
                preferred = index;
                return started;
            } catch (CoordinatorUnreachableException unreachable) {
                if (unreachable.mayHaveBeenDone()) {
                    throw unreachable;
                }
                if (i == coordinators.size() - 1) {
                    throw unreachable.afterAll(coordinators, call.toString());
                }
            }
        }
        throw new IllegalStateException("no coordinators");
    }

    /**
     * Starts an LRA within another, at the other's coordinator.
     *
     * @throws UnknownLraException if there is no such parent
     */
    public LraId startNested(LraId parent, String clientId, Optional<Duration> timeLimit) throws CoordinatorException {
        Call call = startCall(clientId, timeLimit, parent.toString());
        CoordinatorAddress coordinator = trusted(parent);
        Answer answer = http.send(coordinator, call);
        requireKnown(parent, answer);
        return started(coordinator, call, answer);
    }

    private static Call startCall(String clientId, Optional<Duration> timeLimit, String parent) {
        return Call.of(
                "POST",
                "/start?ClientID=" + encoded(clientId) + "&TimeLimit=" + millis(timeLimit) + "&ParentLRA="
                        + encoded(parent));
    }

    private LraId started(CoordinatorAddress coordinator, Call call) throws CoordinatorException {
        return started(coordinator, call, http.send(coordinator, call));
    }

    private LraId started(CoordinatorAddress coordinator, Call call, Answer answer) throws CoordinatorException {
        require(answer, coordinator, call, CREATED);
        LraId lra;
        try {
            lra = LraId.parse(required(Headers.LOCATION, answer, coordinator, call));
        } catch (InvalidLraIdException notAnId) {
            throw new MalformedAnswerException(
                    coordinator, call.toString(), String.valueOf(notAnId.getMessage()), notAnId);
        }
        trusted(lra);
        return lra;
    }

    /**
     * Joins a participant. Who joins again with the same link is the same participant.
     *
     * @param link its callbacks, as the value of a Link header (RFC 8288) with the relations of the LRA protocol
     * @param data stored by the coordinator for the participant and given back to its callbacks; empty for nothing
     * @param timeLimit from now; makes the LRA's limit earlier, never later; empty for none
     * @throws IllegalArgumentException if link or data are too long, or cannot stand in a header
     * @throws RefusedException with 412 or 503 if the LRA is ending, 400 if the link has neither compensate nor after
     */
    public Enlistment join(LraId lra, String link, String data, Optional<Duration> timeLimit)
            throws CoordinatorException {
        requireHeader("The link", link, MAX_LINK_CHARACTERS);
        requireData(data);
        Call call = Call.of("PUT", "/" + lra.uid() + "?TimeLimit=" + millis(timeLimit))
                .with(Headers.LINK, link)
                .with(Headers.PARTICIPANT_DATA, data)
                .withBody("");
        Answer answer = send(lra, call, OK);
        String recovery = required(Headers.RECOVERY, answer, lra.coordinator(), call);
        try {
            return new Enlistment(
                    new URI(recovery), answer.header(Headers.PARTICIPANT_DATA).orElse(""));
        } catch (URISyntaxException notAUrl) {
            throw new MalformedAnswerException(
                    lra.coordinator(),
                    call.toString(),
                    Headers.RECOVERY + " '" + Shown.head(recovery) + "', which is no URL",
                    notAUrl);
        }
    }

    /**
     * Takes a participant out of an LRA.
     *
     * @param link what it joined by
     * @throws RefusedException with 400 if it is not in it, 412 if the LRA is ending
     */
    public void leave(LraId lra, String link) throws CoordinatorException {
        requireHeader("The link", link, MAX_LINK_CHARACTERS);
        send(lra, Call.of("PUT", "/" + lra.uid() + "/remove").withBody(link), OK);
    }

    /**
     * Closes an LRA: its participants complete.
     *
     * @return its status now: Closing while participants have not completed, Active when only its owner may close it
     * @throws UnknownLraException also when it ended before
     * @throws RefusedException with 412 if it was cancelled
     */
    public LRAStatus close(LraId lra) throws CoordinatorException {
        return statusAfter(lra, Call.of("PUT", "/" + lra.uid() + "/close"));
    }

    /**
     * Cancels an LRA: its participants compensate.
     *
     * @return its status now: Cancelling while participants have not compensated
     * @throws UnknownLraException also when it ended before
     * @throws RefusedException with 412 if it was closed
     */
    public LRAStatus cancel(LraId lra) throws CoordinatorException {
        return statusAfter(lra, Call.of("PUT", "/" + lra.uid() + "/cancel"));
    }

    public LRAStatus status(LraId lra) throws CoordinatorException {
        return statusAfter(lra, Call.of("GET", "/" + lra.uid() + "/status"));
    }

    private LRAStatus statusAfter(LraId lra, Call call) throws CoordinatorException {
        Answer answer = send(lra, call, OK, ACCEPTED, NO_CONTENT);
        if (answer.status() == NO_CONTENT) {
            return LRAStatus.Active;
        }
        String word = answer.body().strip();
        return Arrays.stream(LRAStatus.values())
                .filter(status -> status.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new MalformedAnswerException(
                        lra.coordinator(),
                        call.toString(),
                        "'" + Shown.head(word) + "', which is no status of an LRA",
                        null));
    }

    /**
     * Gives an LRA another time limit.
     *
     * @param timeLimit from now; empty for none
     */
    public void renew(LraId lra, Optional<Duration> timeLimit) throws CoordinatorException {
        send(lra, Call.of("PUT", "/" + lra.uid() + "/renew?TimeLimit=" + millis(timeLimit)), OK);
    }

    private Answer send(LraId lra, Call call, Integer... successes) throws CoordinatorException {
        CoordinatorAddress coordinator = trusted(lra);
        Answer answer = http.send(coordinator, call);
        requireKnown(lra, answer);
        require(answer, coordinator, call, successes);
        return answer;
    }

    private CoordinatorAddress trusted(LraId lra) throws UntrustedCoordinatorException {
        if (!settings.trusted().contains(lra.coordinator())) {
            throw new UntrustedCoordinatorException(lra, settings.trusted());
        }
        return lra.coordinator();
    }

    /** A 404 without the header of every coordinator's answer is another server's, or this one's without its coordinator. */
    private static void requireKnown(LraId lra, Answer answer) throws UnknownLraException {
        boolean isUnknown = answer.status() == NOT_FOUND || answer.status() == GONE;
        if (isUnknown && answer.header(Headers.API_VERSION).isPresent()) {
            throw new UnknownLraException(lra, answer.status());
        }
    }

    private static void require(Answer answer, CoordinatorAddress coordinator, Call call, Integer... successes)
            throws RefusedException {
        if (!Set.of(successes).contains(answer.status())) {
            throw new RefusedException(coordinator, call.toString(), answer);
        }
    }

    private static String required(String header, Answer answer, CoordinatorAddress coordinator, Call call)
            throws MalformedAnswerException {
        return answer.header(header)
                .filter(value -> value.length() <= LraId.MAX_CHARACTERS)
                .orElseThrow(() -> new MalformedAnswerException(
                        coordinator,
                        call.toString(),
                        answer.status() + " without a header " + header + " of at most " + LraId.MAX_CHARACTERS
                                + " characters",
                        null));
    }

    /** @throws IllegalArgumentException if a participant's data are too long, or cannot stand in a header */
    public static void requireData(String data) {
        requireHeader("The participant's data", data, MAX_DATA_CHARACTERS);
    }

    private static void requireHeader(String what, String value, int maxCharacters) {
        boolean fits = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 127 && c <= 255));
        if (value.length() > maxCharacters || !fits) {
            throw new IllegalArgumentException(what + " must have at most " + maxCharacters
                    + " characters that can stand in a header: '" + Shown.head(value) + "'");
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static long millis(Optional<Duration> timeLimit) {
        return timeLimit.map(Duration::toMillis).orElse(0L);
    }

    /** Closes the connections; calls under way fail. */
    @Override
    public void close() {
        http.close();
    }
}
