package io.holdfast.tests.coordinator;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request that is wrong on purpose, and what it may be answered.
 *
 * @param kind what is wrong with it
 * @param named what the message must hold, when the coordinator itself answers
 */
record BadRequest(String kind, RawRequest request, Expected expected, List<String> named) {
    /** What a request may be answered. */
    enum Expected {
        /** A 4xx. */
        REFUSAL,
        /** Any 4xx, or a hung up connection: the server takes it for an attack, or cannot read it. */
        REFUSAL_OR_HANG_UP,
        /** Reads only: anything but a 5xx, redirections among it. */
        NO_FAILURE
    }

    Optional<String> faultOf(Optional<RawHttp.Answer> answer) {
        if (answer.isEmpty()) {
            return expected == Expected.REFUSAL_OR_HANG_UP
                    ? Optional.empty()
                    : Optional.of("the server hung up without an answer");
        }
        if (isByPayarasContainer(answer.get())) {
            return Optional.empty();
        }
        int hundreds = answer.get().status() / 100;
        boolean may = hundreds == 4 || (expected == Expected.NO_FAILURE && (hundreds == 2 || hundreds == 3));
        if (!may) {
            return Optional.of("expected " + expected);
        }
        return named.stream()
                .filter(name -> isByCoordinator(answer.get())
                        && !answer.get().body().toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(name -> "the message does not name " + name);
    }

    /**
     * What Payara cannot read (a Host, an encoded path, a version of HTTP) it answers 505, or 200, both without a body, in place of any
     * application. That nothing has changed is checked besides.
     */
    private static boolean isByPayarasContainer(RawHttp.Answer answer) {
        return answer.header("server").startsWith("Payara")
                && answer.header("narayana-lra-api-version").isEmpty()
                && answer.body().isEmpty()
                && (answer.status() == 200 || answer.status() == 505);
    }

    /** Unless it names an oddity of the head, which is looked at first. */
    private static boolean isByCoordinator(RawHttp.Answer answer) {
        String type = answer.header("content-type");
        boolean isAboutHead = answer.body().matches("(?s)(Accept|Content-Type) .*|.*is not UTF-8, URL-encoded");
        return !isAboutHead
                && !answer.header("narayana-lra-api-version").isEmpty()
                && (type.startsWith("text/plain") || type.startsWith("application/json"))
                && !answer.body().startsWith("RESTEASY");
    }

    BadRequest expecting(Expected other) {
        return new BadRequest(kind, request, other, named);
    }
}
