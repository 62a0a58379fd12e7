package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One LRA, what was asked of the coordinator about it, and what of that was acknowledged. Used by one thread at a time.
 *
 * <p>Every request throws {@link java.io.UncheckedIOException} when no answer comes: the server has died.
 */
final class Business {
    /** How far a request has come. */
    private enum Progress {
        NOT_ASKED,
        ASKED,
        ACKNOWLEDGED
    }

    /** How it is to end. */
    enum Wish {
        CLOSE("/close", "complete", "Closed", "Closing"),
        CANCEL("/cancel", "compensate", "Cancelled", "Cancelling");

        private final String path;
        private final String word;
        private final String ended;
        private final String ending;

        Wish(String path, String word, String ended, String ending) {
            this.path = path;
            this.word = word;
            this.ended = ended;
            this.ending = ending;
        }
    }

    private static final class Member {
        private final String name;
        private Progress join = Progress.ASKED;
        private Progress leave = Progress.NOT_ASKED;

        Member(String name) {
            this.name = name;
        }
    }

    private final JsonHttp http;
    private final URI base;
    private final Participants participants;
    private final String name;
    private final Wish wish;
    private final List<Member> members = new ArrayList<>();
    private final List<Business> nested = new ArrayList<>();
    private @Nullable String id;
    private Progress end = Progress.NOT_ASKED;

    Business(CoordinatorServer server, Participants participants, String name, Wish wish) {
        this(server.http(), server.base(), participants, name, wish);
    }

    private Business(JsonHttp http, URI base, Participants participants, String name, Wish wish) {
        this.http = http;
        this.base = base;
        this.participants = participants;
        this.name = name;
        this.wish = wish;
    }

    Business start() {
        return start("");
    }

    private Business start(String query) {
        id = acknowledged("POST", base + "/start?ClientID=" + name + query, Map.of(), "")
                .location()
                .orElseThrow();
        return this;
    }

    Business startNested() {
        Business below = new Business(http, base, participants, name + "-nested", Wish.CLOSE);
        nested.add(below);
        return below.start("&ParentLRA=" + URLEncoder.encode(id(), StandardCharsets.UTF_8));
    }

    void join(String data) {
        Member member = new Member(name + "-" + members.size());
        members.add(member);
        acknowledged("PUT", address(), Map.of("Link", participants.link(member.name)), data);
        member.join = Progress.ACKNOWLEDGED;
    }

    void firstLeaves() {
        Member member = members.get(0);
        member.leave = Progress.ASKED;
        acknowledged("PUT", address() + "/remove", Map.of(), participants.link(member.name));
        member.leave = Progress.ACKNOWLEDGED;
    }

    void renew(long millis) {
        acknowledged("PUT", address() + "/renew?TimeLimit=" + millis, Map.of(), "");
    }

    void end() {
        end = Progress.ASKED;
        acknowledged("PUT", address() + wish.path, Map.of(), "");
        end = Progress.ACKNOWLEDGED;
    }

    private Answer acknowledged(String method, String uri, Map<String, String> headers, String body) {
        Answer answer = http.send(method, URI.create(uri), headers, body);
        if (!answer.isSuccess()) {
            throw new IllegalStateException("not acknowledged: " + answer);
        }
        return answer;
    }

    boolean isStarted() {
        return id != null;
    }

    String id() {
        return Optional.ofNullable(id).orElseThrow();
    }

    private String address() {
        return id().replaceFirst("\\?.*", "");
    }

    String status() {
        return acknowledged("GET", address() + "/status", Map.of(), "").body();
    }

    /** After a restart: what was acknowledged is so, and what was never asked has not happened. */
    void checkAcknowledged() {
        String status = status();
        switch (end) {
            case ACKNOWLEDGED -> assertThat(status).as(toString()).isIn(wish.ended, wish.ending);
            case ASKED -> assertThat(status).as(toString()).isIn("Active", wish.ended, wish.ending);
            case NOT_ASKED -> assertThat(status).as(toString()).isEqualTo("Active");
        }
    }

    boolean isOver() {
        return status().equals(wish.ended);
    }

    /** When all have ended: everybody was told what the top-level one decided, and nobody anything else. */
    void checkTold() {
        for (Member member : members) {
            List<String> told = distinct(member);
            if (member.leave == Progress.ACKNOWLEDGED) {
                assertThat(told).as(member.name + " has left").isEmpty();
            } else if (member.join == Progress.ACKNOWLEDGED && member.leave == Progress.NOT_ASKED) {
                assertThat(told).as(member.name + " of " + this).containsExactly(wish.word);
            } else {
                assertThat(told).as(member.name + " of " + this).isSubsetOf(wish.word);
            }
        }
        for (Business below : nested) {
            below.members.forEach(member -> below.checkToldBelow(member, wish));
        }
    }

    /** It may have completed on its own before what is around it was cancelled, never the other way round. */
    private void checkToldBelow(Member member, Wish outer) {
        List<String> told = distinct(member);
        boolean mustBeTold = member.join == Progress.ACKNOWLEDGED;
        if (outer == Wish.CLOSE) {
            assertThat(told).as(member.name).isSubsetOf("complete");
        } else if (end == Progress.ACKNOWLEDGED) {
            assertThat(told).as(member.name).containsExactly("complete", "compensate");
        } else {
            assertThat(told).as(member.name).isIn(List.of(), List.of("compensate"), List.of("complete", "compensate"));
        }
        if (mustBeTold) {
            assertThat(told).as(member.name).isNotEmpty();
        }
    }

    private List<String> distinct(Member member) {
        return participants.wordsTo(member.name).stream().distinct().toList();
    }

    @Override
    public String toString() {
        return name + " (" + id + ", " + wish + " " + end + ")";
    }
}
