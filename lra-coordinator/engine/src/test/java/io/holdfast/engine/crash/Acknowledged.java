package io.holdfast.engine.crash;

import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What somebody was told about a transaction.
 *
 * @param deadline as text
 * @param data of its participants by address, without those that are nested
 */
record Acknowledged(
        String name, String what, String id, TransactionState state, String deadline, Map<String, String> data) {
    private static final String SEPARATOR = "\t";

    Acknowledged(String name, String what, Transaction tx) {
        this(name, what, tx.id().value(), tx.state(), String.valueOf(tx.deadline()), dataOf(tx));
    }

    static Map<String, String> dataOf(Transaction tx) {
        return tx.participants().stream()
                .filter(participant -> participant.kind() != ParticipantKind.NESTED)
                .collect(Collectors.toMap(Participant::address, Participant::data, (one, other) -> one, TreeMap::new));
    }

    String toLine() {
        String participants = data.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
        return String.join(SEPARATOR, name, what, id, state.name(), deadline, participants);
    }

    static Acknowledged of(String line) {
        String[] fields = line.split(SEPARATOR, -1);
        Map<String, String> data = new TreeMap<>();
        if (!fields[5].isEmpty()) {
            for (String participant : fields[5].split(",", -1)) {
                String[] pair = participant.split("=", -1);
                data.put(pair[0], pair[1]);
            }
        }
        return new Acknowledged(fields[0], fields[1], fields[2], TransactionState.valueOf(fields[3]), fields[4], data);
    }
}
