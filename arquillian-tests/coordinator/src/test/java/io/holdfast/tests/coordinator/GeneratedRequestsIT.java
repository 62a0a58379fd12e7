package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Bad requests by the thousand, against every endpoint: each is refused by name, and nothing changes. {@code -Drequests=N} sends another
 * number, {@code -Drequests.seed=S} others.
 */
@ExtendWith(WithCoordinator.class)
class GeneratedRequestsIT {
    private static final int REQUESTS = Integer.getInteger("requests", 10_000);
    private static final long SEED = Long.getLong("requests.seed", 20_260_101);
    private static final int BATCH = 200;

    private final CoordinatorServer server;

    GeneratedRequestsIT(CoordinatorServer server) {
        this.server = server;
    }

    @Test
    void every_bad_request_is_refused_by_name_and_changes_nothing() throws IOException {
        URI base = server.base();
        try (Participants participants = new Participants();
                RawHttp http = new RawHttp(base.getHost(), base.getPort())) {
            Landscape landscape = Landscape.build(server, participants);
            BadRequests requests = new BadRequests(SEED, base, landscape, participants);
            Map<String, Long> log = log();
            List<String> complaints = server.complaints();
            String lras = server.http().get(base).body();
            Coverage coverage = new Coverage();
            List<String> wrong = new ArrayList<>();
            for (int first = 0; first < REQUESTS; first += BATCH) {
                int last = Math.min(first + BATCH, REQUESTS) - 1;
                wrong.addAll(IntStream.rangeClosed(first, last)
                        .parallel()
                        .boxed()
                        .flatMap(number -> send(http, requests.number(number), number, coverage))
                        .toList());
                assertThat(log())
                        .as("what the log holds after the requests " + first + " to " + last + ", seed " + SEED
                                + ", wrong were " + wrong)
                        .isEqualTo(log);
            }
            assertThat(wrong).as("seed " + SEED + "\n" + coverage).isEmpty();
            assertThat(server.http().get(base).body()).isEqualTo(lras);
            assertThat(server.complaints()).isEqualTo(complaints);
            landscape.settle(server, participants);
            System.out.println(REQUESTS + " bad requests, seed " + SEED + "\n" + coverage);
        }
    }

    private static Stream<String> send(RawHttp http, BadRequest bad, int number, Coverage coverage) {
        Optional<RawHttp.Answer> answer = http.exchange(bad.request());
        coverage.count(bad.kind(), answer);
        return bad
                .faultOf(answer)
                .map(fault -> "request " + number + ", " + bad.kind() + ": " + fault + "\n  " + bad.request() + "\n  "
                        + answer)
                .stream();
    }

    /** The files and their checksums: any event would show. */
    private Map<String, Long> log() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(server.logDirectory())) {
            for (Path path : paths.toList()) {
                CRC32 checksum = new CRC32();
                checksum.update(Files.readAllBytes(path));
                files.put(String.valueOf(path.getFileName()), checksum.getValue());
            }
        }
        return files;
    }
}
