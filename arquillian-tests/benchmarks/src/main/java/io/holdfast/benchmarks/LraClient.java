package io.holdfast.benchmarks;

import io.holdfast.benchmarks.MessageReader.Message;
import java.io.IOException;

/** Speaks to a coordinator as the stock clients do. Confined to one thread. */
final class LraClient implements AutoCloseable {
    private static final String BASE = "/lra-coordinator/lra-coordinator";
    private static final String VERSION = "Narayana-LRA-API-version: 1.2\r\n";

    private final Connection connection;

    LraClient(int coordinatorPort) throws IOException {
        connection = new Connection(coordinatorPort);
    }

    /** @return the path of the LRA that was started */
    String start() throws IOException {
        Message answer =
                expect(201, connection.send("POST", BASE + "/start?ClientID=bench&TimeLimit=0&ParentLRA=", VERSION));
        String id = answer.required("Location");
        return id.substring(id.indexOf('/', "http://".length()));
    }

    /** @param participant its base URL */
    void join(String lra, String participant) throws IOException {
        String headers = VERSION + "Content-Type: text/plain\r\nNarayana-LRA-Participant-Data: \r\nLink: "
                + link(participant, "compensate") + ',' + link(participant, "complete") + ','
                + link(participant, "status")
                + "\r\n";
        expect(200, connection.send("PUT", lra + "?TimeLimit=0", headers)).required("Long-Running-Action-Recovery");
    }

    private static String link(String participant, String rel) {
        String method = rel.equals("status") ? "GET" : "PUT";
        return '<' + participant + '/' + rel + "?method=jakarta.ws.rs." + method + ">; rel=\"" + rel + "\"; title=\""
                + rel + " URI\"; type=\"text/plain\"";
    }

    /** @return the status that was answered */
    String close(String lra) throws IOException {
        return end(lra + "/close");
    }

    String cancel(String lra) throws IOException {
        return end(lra + "/cancel");
    }

    String status(String lra) throws IOException {
        return expect(200, connection.send("GET", lra + "/status", VERSION)).body();
    }

    /** Makes the coordinator try again what has not ended. */
    boolean hasNothingToRecover() throws IOException {
        return expect(200, connection.send("GET", BASE + "/recovery", VERSION))
                .body()
                .equals("[]");
    }

    private String end(String path) throws IOException {
        return expect(200, connection.send("PUT", path, VERSION)).body();
    }

    private static Message expect(int status, Message answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("expected " + status + ", got " + answer.startLine() + " " + answer.body());
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
