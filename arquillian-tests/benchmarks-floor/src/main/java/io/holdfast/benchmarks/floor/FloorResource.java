package io.holdfast.benchmarks.floor;

import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exchanges the messages of an LRA and does nothing else: no log, no states, no checks, one repetition of a call whose kept connection was being closed. It remembers the links of who
 * joined, since it has to call them; those are static, as JAX-RS makes a resource for each request. It blocks a thread of the server for
 * each request, which costs less here than answering asynchronously. Thread-safe.
 */
@Path("/")
public final class FloorResource {
    private static final String API_VERSION = "Narayana-LRA-API-version";
    private static final String LRA = "Long-Running-Action";
    private static final String RECOVERY = "Long-Running-Action-Recovery";
    private static final String PARTICIPANT_DATA = "Narayana-LRA-Participant-Data";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private static final Map<String, Deque<Participant>> LRAS = new ConcurrentHashMap<>();

    /** What somebody joined with, and the address that was made for it. */
    private record Participant(String link, String recovery) {
        Optional<URI> callback(String rel) {
            int end = link.indexOf(">; rel=\"" + rel + "\"");
            return end < 0
                    ? Optional.empty()
                    : Optional.of(URI.create(link.substring(link.lastIndexOf('<', end) + 1, end)));
        }
    }

    @POST
    @Path("start")
    public Response start(@Context UriInfo uri) {
        String uid = UUID.randomUUID().toString();
        LRAS.put(uid, new ArrayDeque<>());
        String id = id(uri, uid);
        return answer(201, id).location(URI.create(id)).header(LRA, id).build();
    }

    @PUT
    @Path("{uid}")
    public Response join(@PathParam("uid") String uid, @HeaderParam("Link") String link, @Context UriInfo uri) {
        String recovery = uri.getBaseUri() + "recovery/" + uid + "/" + UUID.randomUUID();
        Deque<Participant> participants = Objects.requireNonNull(LRAS.get(uid), uid);
        synchronized (participants) {
            participants.push(new Participant(link, recovery));
        }
        return answer(200, recovery)
                .location(URI.create(recovery))
                .header(RECOVERY, recovery)
                .header(PARTICIPANT_DATA, "")
                .build();
    }

    @PUT
    @Path("{uid}/close")
    public Response close(@PathParam("uid") String uid, @Context UriInfo uri) throws IOException, InterruptedException {
        return end(uid, uri, "complete", "Closed");
    }

    @PUT
    @Path("{uid}/cancel")
    public Response cancel(@PathParam("uid") String uid, @Context UriInfo uri)
            throws IOException, InterruptedException {
        return end(uid, uri, "compensate", "Cancelled");
    }

    private Response end(String uid, UriInfo uri, String rel, String status) throws IOException, InterruptedException {
        String id = id(uri, uid);
        for (Participant participant : Objects.requireNonNull(LRAS.remove(uid), uid)) {
            Optional<URI> callback = participant.callback(rel);
            if (callback.isPresent()) {
                tell(id, participant, callback.get());
            }
        }
        return answer(200, status).build();
    }

    private static void tell(String id, Participant participant, URI callback)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(callback)
                .header(LRA, id)
                .header(RECOVERY, participant.recovery())
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.noBody())
                .build();
        try {
            CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException keptConnectionWasClosed) {
            CLIENT.send(request, BodyHandlers.ofString());
        }
    }

    private static String id(UriInfo uri, String uid) {
        return uri.getBaseUri() + uid;
    }

    private static ResponseBuilder answer(int status, String body) {
        return Response.status(status)
                .type("text/plain")
                .header(API_VERSION, "1.2")
                .entity(body);
    }
}
