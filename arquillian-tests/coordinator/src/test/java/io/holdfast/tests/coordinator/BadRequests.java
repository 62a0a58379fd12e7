package io.holdfast.tests.coordinator;

import io.holdfast.tests.coordinator.BadRequest.Expected;
import io.holdfast.tests.coordinator.Landscape.Known;
import io.holdfast.tests.coordinator.RawRequest.Framing;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/**
 * Requests that are wrong in one way that must be refused, and odd in others that may be ignored. The same seed and number give the same
 * request. Thread-safe.
 */
final class BadRequests {
    private static final int MEGABYTE = 1 << 20;
    private static final String MAX_LIMIT = "3155760000000";
    private static final List<String> ENDS = List.of("close", "cancel", "renew", "hold", "forget", "remove");
    private static final List<String> NESTED = List.of("complete", "compensate", "forget");
    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "DELETE", "PATCH", "FOO", "get", "TRACE", "PROPFIND", "CONNECT");
    private final long seed;
    private final String base;
    private final Landscape landscape;
    private final Participants participants;
    private final List<Function<Random, BadRequest>> kinds = List.of(
            this::wrongMethod,
            this::unknownId,
            this::unknownParticipant,
            this::badTimeLimit,
            this::badStatus,
            this::badLinkHeader,
            this::badLinkBody,
            this::strangersLink,
            this::longLink,
            this::linkTwice,
            this::largeBody,
            this::badData,
            this::badClosingData,
            this::badOwner,
            this::notTheOwner,
            this::wrongState,
            this::longClientId,
            this::unknownParent,
            this::brokenBody,
            this::malformedHttp,
            this::hugeHeaders,
            this::oddRead);

    BadRequests(long seed, URI base, Landscape landscape, Participants participants) {
        this.seed = seed;
        this.base = base.getPath();
        this.landscape = landscape;
        this.participants = participants;
    }

    BadRequest number(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        // The first numbers of neighbouring seeds are alike.
        random.nextLong();
        BadRequest bad = kinds.get(number % kinds.size()).apply(random);
        for (int left = random.nextInt(3); left > 0; left--) {
            addOddity(bad.request(), random);
        }
        return bad;
    }

    private void addOddity(RawRequest request, Random random) {
        switch (random.nextInt(9)) {
            case 0 -> request.header("Accept", oneOf(random, OddValues.ODD_TYPES));
            case 1 -> request.header("Accept", oneOf(random, List.of("application/json", "text/plain", "*/*;q=0")));
            case 2 -> request.header("Content-Type", oneOf(random, OddValues.ODD_TYPES));
            case 3 -> request.header("Narayana-LRA-API-version", oneOf(random, OddValues.ODD_VERSIONS));
            case 4 -> {
                if (!request.hasHeader("Host")) {
                    request.header("Host", oneOf(random, OddValues.ODD_HOSTS));
                }
            }
            case 5 -> request.header("Cookie", "a=" + text(random, 200)).header("Accept-Language", text(random, 20));
            case 6 -> request.header("X-Forwarded-Host", "example.com").header("X-HTTP-Method-Override", "DELETE");
            case 7 -> request.header("Long-Running-Action", text(random, 50)).header("Range", "bytes=9-1");
            default ->
                request.header("Accept-Charset", "bogus")
                        .header("If-Match", "*")
                        .header("Accept", "text/plain");
        }
    }

    private BadRequest wrongMethod(Random random) {
        String id = oneOf(random, landscape.all()).uid();
        record Place(String path, String right) {}
        Place place = oneOf(
                random,
                List.of(
                        new Place("", "GET"),
                        new Place("/start", "POST"),
                        new Place("/" + id, "GET PUT"),
                        new Place("/" + id + "/" + oneOf(random, ENDS), "PUT"),
                        new Place("/" + id + "/status", "GET"),
                        new Place("/nested/" + id + "/status", "GET"),
                        new Place("/nested/" + id + "/" + oneOf(random, NESTED), "PUT"),
                        new Place("/recovery", "GET"),
                        new Place("/recovery/failed", "GET"),
                        new Place("/recovery/" + id, "DELETE"),
                        new Place("/recovery/" + id + "/" + landscape.active().participant(), "GET PUT")));
        List<String> wrong = METHODS.stream()
                .filter(method ->
                        !Arrays.asList(place.right().split(" ", -1)).contains(method.toUpperCase(Locale.ROOT)))
                .toList();
        return refused("wrong method", new RawRequest(oneOf(random, wrong), base + place.path()));
    }

    private BadRequest unknownId(Random random) {
        String id =
                random.nextInt(10) == 0 ? text(random, 65 + random.nextInt(5_000)) : oneOf(random, OddValues.NO_IDS);
        RawRequest request =
                switch (random.nextInt(9)) {
                    case 0 -> new RawRequest("GET", base + "/" + id + "/status");
                    case 1 ->
                        new RawRequest("PUT", base + "/" + id + "/" + oneOf(random, ENDS))
                                .header("Holdfast-Owner", "someone")
                                .body(participants.link("x"));
                    case 2 -> new RawRequest("PUT", base + "/" + id).header("Link", participants.link("x"));
                    case 3 -> new RawRequest("GET", base + "/nested/" + id + "/status");
                    case 4 -> new RawRequest("PUT", base + "/nested/" + id + "/" + oneOf(random, NESTED));
                    case 5 -> new RawRequest("DELETE", base + "/recovery/" + id);
                    case 6 ->
                        new RawRequest(
                                "GET",
                                base + "/recovery/" + id + "/"
                                        + landscape.active().participant());
                    case 7 ->
                        new RawRequest(
                                        "PUT",
                                        base + "/recovery/" + id + "/"
                                                + landscape.active().participant())
                                .body(participants.link("x"));
                    default -> new RawRequest("GET", base + "/" + id);
                };
        boolean onlyAsItIs = id.equals("..") || id.equals("%2e%2e") || id.equals("...") || id.startsWith("none;");
        return new BadRequest(
                "unknown id",
                request,
                id.equals("\u0000") || id.equals("a b")
                        ? Expected.REFUSAL_OR_HANG_UP
                        : onlyAsItIs ? Expected.NO_FAILURE : Expected.REFUSAL,
                id.matches("[0-9a-f]{32}") ? List.of(id, "no such LRA") : List.of());
    }

    private BadRequest unknownParticipant(Random random) {
        String id = oneOf(random, landscape.all()).uid();
        String participant = random.nextBoolean() ? oneOf(random, OddValues.NO_IDS) : text(random, 70);
        String target = base + "/recovery/" + id + "/" + participant;
        RawRequest request = random.nextBoolean()
                ? new RawRequest("GET", target)
                : new RawRequest("PUT", target).body(participants.link("x"));
        boolean odd = participant.contains("..")
                || participant.contains("%2e")
                || participant.equals("\u0000")
                || participant.equals("a b");
        return new BadRequest(
                "unknown participant", request, odd ? Expected.REFUSAL_OR_HANG_UP : Expected.REFUSAL, List.of());
    }

    private BadRequest badTimeLimit(Random random) {
        String limit = oneOf(random, OddValues.NO_LIMITS);
        String id = oneOf(random, landscape.open()).uid();
        RawRequest request =
                switch (random.nextInt(3)) {
                    case 0 -> new RawRequest("POST", base + "/start?ClientID=x&TimeLimit=" + limit);
                    case 1 ->
                        new RawRequest("PUT", base + "/" + id + "?TimeLimit=" + limit)
                                .header("Link", participants.link("x"));
                    default -> new RawRequest("PUT", base + "/" + id + "/renew?TimeLimit=" + limit);
                };
        return refused(
                "bad time limit",
                request,
                "TimeLimit",
                MAX_LIMIT,
                limit.matches("[-a-z0-9.]+") ? "'" + limit + "'" : "");
    }

    private BadRequest badStatus(Random random) {
        String status = oneOf(
                random,
                List.of(
                        "active",
                        "CLOSED",
                        "Active%20",
                        "Open",
                        "0",
                        "%00",
                        "%E2%82%AC",
                        "Active,Closed",
                        text(random, 3_000)));
        return refused(
                "bad status",
                new RawRequest("GET", base + "?Status=" + status),
                "status",
                "FailedToCancel",
                status.matches("[A-Za-z]{1,50}") ? status : "");
    }

    private BadRequest badLinkHeader(Random random) {
        String good = participants.at("x", "compensate");
        String link = oneOf(
                random,
                List.of(
                        "",
                        "<" + good + ">",
                        "<" + good + ">; rel=\"complete\"",
                        "<" + good + ">; rel=\"status\", <" + good + ">; rel=\"forget\"",
                        "<" + good + "; rel=\"compensate\"",
                        "<" + good + ">; rel=\"compensate",
                        "<" + good + ">; rel=compensate; title=\"never ends",
                        good + "; rel=\"compensate\"",
                        "<" + good + "> rel=\"compensate\"",
                        "<" + good + ">; rel=\"compensate\", <" + good + "2>; rel=\"compensate\"",
                        "<" + oneOf(random, OddValues.NO_ADDRESSES) + ">; rel=\"compensate\"",
                        "<" + oneOf(random, OddValues.NO_ADDRESSES) + ">; rel=\"after\"",
                        "<" + good + ">; rel=\"compensate\", <" + oneOf(random, OddValues.NO_ADDRESSES)
                                + ">; rel=\"complete\"",
                        ",,,;;;<<<>>>",
                        text(random, 500)));
        return refused(
                        "bad link header",
                        new RawRequest("PUT", join(random)).header("Link", link),
                        link.contains("rel=\"complete\"") && !link.contains(",") ? "rel=compensate" : "")
                .expecting(link.indexOf('\u0001') >= 0 ? Expected.REFUSAL_OR_HANG_UP : Expected.REFUSAL);
    }

    private BadRequest badLinkBody(Random random) {
        String good = participants.at("x", "compensate");
        String body = oneOf(
                random,
                List.of(
                        "",
                        " \n",
                        oneOf(random, OddValues.NO_ADDRESSES),
                        "<" + oneOf(random, OddValues.NO_ADDRESSES) + ">; rel=\"compensate\"",
                        "<" + good + ">; rel=\"complete\"",
                        "<" + good + ">; rel=\"compensate",
                        "{\"link\":\"" + good + "\"}",
                        "http://" + oneOf(random, OddValues.STRANGERS) + "/x",
                        text(random, 300),
                        "http://127.0.0.1/" + "x".repeat(9_000),
                        "\u0000\u0001\u0002",
                        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"));
        Known active = landscape.active();
        String target = oneOf(
                random,
                List.of(
                        join(random),
                        base + "/" + active.uid() + "/remove",
                        base + "/recovery/" + active.uid() + "/" + active.participant()));
        return refused("bad link body", new RawRequest("PUT", target).body(body));
    }

    private BadRequest strangersLink(Random random) {
        String stranger = oneOf(random, OddValues.STRANGERS);
        String link = "<http://" + stranger + "/x>; rel=\"" + oneOf(random, List.of("compensate", "after")) + "\"";
        Known active = landscape.active();
        RawRequest request =
                switch (random.nextInt(3)) {
                    case 0 -> new RawRequest("PUT", join(random)).header("Link", link);
                    case 1 ->
                        new RawRequest("PUT", join(random))
                                .header(
                                        "Link",
                                        participants.link("x") + ", <http://" + stranger + "/x>; rel=\"status\"");
                    default ->
                        new RawRequest("PUT", base + "/recovery/" + active.uid() + "/" + active.participant())
                                .body(link);
                };
        return refused("a stranger's link", request, stranger.matches("[a-z.]+") ? stranger : "");
    }

    private BadRequest longLink(Random random) {
        int length = oneOf(random, List.of(8_200, 20_000, 100_000, MEGABYTE));
        String link = "<" + participants.at("x", "compensate") + "?" + "x".repeat(length) + ">; rel=\"compensate\"";
        RawRequest request = random.nextInt(4) > 0
                ? new RawRequest("PUT", join(random)).header("Link", link)
                : new RawRequest("PUT", join(random)).body(link);
        return refused("long link", request, length < 65_000 ? "8192" : "").expecting(Expected.REFUSAL_OR_HANG_UP);
    }

    private BadRequest linkTwice(Random random) {
        RawRequest request = new RawRequest("PUT", join(random));
        return random.nextBoolean()
                ? refused(
                        "link twice",
                        request.header("Link", participants.link("x")).body(participants.link("y")),
                        "both")
                : refused(
                        "link twice",
                        request.header("Link", participants.link("x")).header("Link", participants.link("y")),
                        "two addresses");
    }

    private BadRequest largeBody(Random random) {
        int length = random.nextInt(8) == 0
                ? oneOf(random, List.of(10 * MEGABYTE, 10 * MEGABYTE + 1))
                : oneOf(random, List.of(65_537, 65_600, 200_000, MEGABYTE));
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) 'x');
        Known active = landscape.active();
        RawRequest request =
                switch (random.nextInt(4)) {
                    case 0 -> new RawRequest("PUT", join(random)).header("Link", participants.link("x"));
                    case 1 -> new RawRequest("PUT", join(random));
                    case 2 -> new RawRequest("PUT", base + "/" + active.uid() + "/remove");
                    default -> new RawRequest("PUT", base + "/recovery/" + active.uid() + "/" + active.participant());
                };
        request.body(body).framing(random.nextBoolean() ? Framing.LENGTH : Framing.CHUNKED);
        BadRequest bad = refused("large body", request, "body");
        return length > 10 * MEGABYTE ? bad.expecting(Expected.REFUSAL_OR_HANG_UP) : bad;
    }

    private BadRequest badData(Random random) {
        String data = oneOf(
                random,
                List.of(
                        "a\u0001b",
                        "\u4e2d\u6587",
                        "line\nbreak",
                        "\r\nX-Injected: 1",
                        "\u007f",
                        "\u0000",
                        "\ud83d\udca5"));
        return refused(
                "bad data",
                new RawRequest("PUT", join(random))
                        .header("Link", participants.link("x"))
                        .body(data),
                "U+");
    }

    private BadRequest badClosingData(Random random) {
        RawRequest request = new RawRequest(
                "PUT", base + "/" + landscape.active().uid() + "/" + oneOf(random, List.of("close", "cancel")));
        return random.nextBoolean()
                ? refused(
                                "bad closing data",
                                request.header("Narayana-LRA-Participant-Data", "x")
                                        .header(
                                                "Narayana-LRA-Participant-Link",
                                                "<" + oneOf(random, OddValues.NO_ADDRESSES) + ">; rel=\"compensate\""))
                        .expecting(Expected.REFUSAL_OR_HANG_UP)
                : refused(
                                "bad closing data",
                                request.header("Narayana-LRA-Participant-Data", "x".repeat(65_537 + random.nextInt(10)))
                                        .header("Narayana-LRA-Participant-Link", participants.link("first")))
                        .expecting(Expected.REFUSAL_OR_HANG_UP);
    }

    private BadRequest badOwner(Random random) {
        String owner =
                oneOf(random, List.of("", "two words", text(random, 257), text(random, 3_000), "\u00e4", "a\u0001"));
        RawRequest request = random.nextBoolean()
                ? new RawRequest("POST", base + "/start?ClientID=x")
                : new RawRequest(
                        "PUT",
                        base + "/" + landscape.owned().uid() + "/"
                                + oneOf(random, List.of("close", "cancel", "hold", "forget")));
        return refused("bad owner", request.header("Holdfast-Owner", owner), "Holdfast-Owner", "256")
                .expecting(owner.contains("\u0001") ? Expected.REFUSAL_OR_HANG_UP : Expected.REFUSAL);
    }

    private BadRequest notTheOwner(Random random) {
        Known owned = oneOf(random, List.of(landscape.owned(), landscape.held(), landscape.active()));
        String action = oneOf(random, List.of("close", "cancel", "hold", "forget"));
        RawRequest request = new RawRequest("PUT", base + "/" + owned.uid() + "/" + action);
        boolean needsToken = action.equals("hold") || action.equals("forget");
        return needsToken && random.nextBoolean()
                ? refused("not the owner", request, "Holdfast-Owner")
                : refused("not the owner", request.header("Holdfast-Owner", "a-stranger"), "Holdfast-Owner");
    }

    private BadRequest wrongState(Random random) {
        Known ended = oneOf(random, List.of(landscape.closed(), landscape.cancelled(), landscape.failed()));
        RawRequest request = oneOf(
                random,
                List.of(
                        new RawRequest("PUT", base + "/" + landscape.closed().uid() + "/cancel"),
                        new RawRequest("PUT", base + "/" + landscape.cancelled().uid() + "/close"),
                        new RawRequest("PUT", base + "/" + landscape.failed().uid() + "/cancel"),
                        new RawRequest("PUT", base + "/" + landscape.closing().uid() + "/cancel"),
                        new RawRequest(
                                "PUT", base + "/nested/" + landscape.closing().uid() + "/compensate"),
                        new RawRequest(
                                "PUT", base + "/nested/" + landscape.nested().uid() + "/forget"),
                        new RawRequest("PUT", base + "/" + ended.uid()).header("Link", participants.link("x")),
                        new RawRequest("PUT", base + "/" + landscape.closing().uid())
                                .header("Link", participants.link("x")),
                        new RawRequest("PUT", base + "/" + landscape.held().uid())
                                .header("Link", participants.link("x")),
                        new RawRequest("PUT", base + "/" + ended.uid() + "/renew?TimeLimit=5"),
                        new RawRequest("PUT", base + "/" + landscape.closing().uid() + "/renew?TimeLimit=0"),
                        new RawRequest("PUT", base + "/" + landscape.active().uid() + "/remove")
                                .body(participants.link("nobody")),
                        new RawRequest("PUT", base + "/" + landscape.held().uid() + "/cancel"),
                        new RawRequest("PUT", base + "/" + landscape.owned().uid() + "/forget")
                                .header("Holdfast-Owner", Landscape.OWNER),
                        new RawRequest(
                                "DELETE",
                                base + "/recovery/" + landscape.active().uid()),
                        new RawRequest(
                                "DELETE",
                                base + "/recovery/" + landscape.closed().uid()),
                        new RawRequest("POST", base + "/start?ParentLRA=" + encoded(ended.id()))));
        return refused("wrong state", request);
    }

    private BadRequest longClientId(Random random) {
        return refused(
                "long client id",
                new RawRequest(
                        "POST", base + "/start?ClientID=" + text(random, oneOf(random, List.of(2_049, 4_000, 7_000)))),
                "ClientID",
                "2048");
    }

    private BadRequest unknownParent(Random random) {
        String parent = oneOf(
                random,
                List.of(
                        "none",
                        encoded("http://127.0.0.1:8080/lra-coordinator/lra-coordinator/none"),
                        encoded(encoded("http://example.com/lra-coordinator/none")),
                        encoded("http%zz"),
                        "http%253A%25zz",
                        encoded("file:///etc/passwd"),
                        "%00",
                        text(random, 3_000),
                        encoded("a b"),
                        "%C3%28"));
        return refused("unknown parent", new RawRequest("POST", base + "/start?ClientID=x&ParentLRA=" + parent), "LRA");
    }

    private BadRequest brokenBody(Random random) {
        Framing framing = oneOf(
                random, List.of(Framing.LENGTH_TOO_LARGE, Framing.CHUNK_TOO_SHORT, Framing.CHUNK_SIZE_NOT_A_NUMBER));
        Known active = landscape.active();
        RawRequest request =
                switch (random.nextInt(4)) {
                    case 0 ->
                        new RawRequest("PUT", join(random))
                                .header("Link", participants.link("x"))
                                .body("data");
                    case 1 -> new RawRequest("PUT", join(random)).body(participants.link("x"));
                    case 2 ->
                        new RawRequest("PUT", base + "/" + active.uid() + "/remove").body(participants.link("first"));
                    default ->
                        new RawRequest("PUT", base + "/recovery/" + active.uid() + "/" + active.participant())
                                .body(participants.link("x"));
                };
        return refused("broken body", request.framing(framing)).expecting(Expected.REFUSAL_OR_HANG_UP);
    }

    private BadRequest malformedHttp(Random random) {
        RawRequest request = new RawRequest(
                        "PUT", base + "/" + landscape.active().uid() + "/close?x=y")
                .header("Holdfast-Owner", "two words");
        switch (random.nextInt(14)) {
            case 0 -> request.version("");
            case 1 -> request.version("HTTP/1.x");
            case 2 -> request.version("nonsense");
            case 3 -> request.line("no colon");
            case 4 -> request.line(": no name");
            case 5 -> request.line("X-Nul: a\u0000b");
            case 6 -> request.line("X\u0000Nul: a");
            case 7 -> request.header("Content-Length", "-1");
            case 8 -> request.header("Content-Length", "abc");
            case 9 -> request.header("Content-Length", "0").header("Content-Length", "5");
            case 10 -> request.header("Content-Length", "99999999999999999999");
            case 11 -> request.line("X-Folded: a\r\n b");
            case 12 -> request.target("\u0000");
            default -> request.method("\u0001\u0002");
        }
        return refused("malformed HTTP", request).expecting(Expected.REFUSAL_OR_HANG_UP);
    }

    private BadRequest hugeHeaders(Random random) {
        RawRequest request = new RawRequest(
                        "PUT", base + "/" + landscape.active().uid() + "/close")
                .header("Holdfast-Owner", "two words");
        switch (random.nextInt(3)) {
            case 0 ->
                request.header("X-Huge", "x".repeat(oneOf(random, List.of(9_000, 100_000, MEGABYTE + MEGABYTE / 8))));
            case 1 -> {
                for (int i = 0; i < 300; i++) {
                    request.header("X-" + i, "x");
                }
            }
            default ->
                request.target(request.target() + "?" + "x=y&".repeat(oneOf(random, List.of(500, 2_000, 100_000))));
        }
        return refused("huge headers", request).expecting(Expected.REFUSAL_OR_HANG_UP);
    }

    private BadRequest oddRead(Random random) {
        String id = oneOf(random, landscape.all()).uid();
        String path = oneOf(
                random,
                List.of(
                        "",
                        "?Status=Active",
                        "?Status=",
                        "/" + id,
                        "/" + id + "/status",
                        "/nested/" + id + "/status",
                        "/recovery/failed",
                        "/recovery/" + landscape.active().uid() + "/"
                                + landscape.active().participant(),
                        "/" + id + ";a=b/status",
                        "//" + id,
                        "/" + id + "/status/"));
        RawRequest request = new RawRequest(oneOf(random, List.of("GET", "GET", "HEAD", "OPTIONS")), base + path);
        addOddity(request, random);
        addOddity(request, random);
        return new BadRequest("odd read", request, Expected.NO_FAILURE, List.of());
    }

    private String join(Random random) {
        return base + "/" + oneOf(random, landscape.open()).uid();
    }

    private static BadRequest refused(String kind, RawRequest request, String... named) {
        return new BadRequest(kind, request, Expected.REFUSAL, List.of(named));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static <T> T oneOf(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
