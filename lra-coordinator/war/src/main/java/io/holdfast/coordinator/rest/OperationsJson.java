package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.operations.AlarmHook;
import io.holdfast.coordinator.operations.Concern;
import io.holdfast.coordinator.operations.LraReport;
import io.holdfast.coordinator.operations.LraReport.ParticipantReport;
import io.holdfast.coordinator.operations.Operations;
import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Heuristic;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What operators see, as JSON. */
final class OperationsJson {
    private OperationsJson() {}

    static Reply counts(String node, Map<String, Long> counts) {
        JsonObjectBuilder numbers = Json.createObjectBuilder();
        counts.forEach(numbers::add);
        return Reply.json(
                200,
                Json.createObjectBuilder()
                        .add("node", node)
                        .add("counts", numbers)
                        .build()
                        .toString());
    }

    static Reply actions(List<String> lines) {
        return Reply.json(200, words(lines).build().toString());
    }

    static Reply one(LraReport report) {
        return Reply.json(200, of(report).build().toString());
    }

    /** A list that has more than {@link Operations#MOST_LISTED} is cut off, and a header says so. */
    static Reply all(List<LraReport> reports) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        reports.stream().limit(Operations.MOST_LISTED).forEach(report -> array.add(of(report)));
        Reply reply = Reply.json(200, array.build().toString());
        return reports.size() > Operations.MOST_LISTED
                ? reply.with(Headers.LIST_LIMIT, String.valueOf(Operations.MOST_LISTED))
                : reply;
    }

    private static JsonObjectBuilder of(LraReport report) {
        JsonArrayBuilder participants = Json.createArrayBuilder();
        report.participants().forEach(participant -> participants.add(of(participant)));
        JsonObjectBuilder lra = LraJson.of(report.lra())
                .add("uid", report.lra().id().uid().value())
                .add(
                        "concerns",
                        words(report.concerns().stream().map(Concern::word).toList()))
                .add("owned", report.owned());
        if (report.reason() != null) {
            lra.add("reason", report.reason().name().toLowerCase(Locale.ROOT));
        }
        Heuristic decided = report.heuristic();
        if (decided != null) {
            lra.add("decidedBy", decided.who()).add("decidedWhy", decided.why());
        }
        return lra.add("participants", participants);
    }

    private static JsonObjectBuilder of(ParticipantReport participant) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", participant.id().value())
                .add("kind", participant.kind().name().toLowerCase(Locale.ROOT))
                .add("status", participant.status())
                .add("links", participant.links())
                .add(
                        "owed",
                        words(participant.owed().stream()
                                .map(Instruction::telling)
                                .map(AlarmHook::word)
                                .toList()));
        participant.alarm().ifPresent(alarm -> json.add("alarm", of(alarm)));
        return json;
    }

    private static JsonObjectBuilder of(Alarm alarm) {
        return Json.createObjectBuilder()
                .add("instruction", AlarmHook.word(alarm.instruction()))
                .add("attempts", alarm.attempts())
                .add("refused", alarm.refused())
                .add("cause", alarm.cause());
    }

    private static JsonArrayBuilder words(Collection<String> words) {
        return Json.createArrayBuilder(words);
    }
}
