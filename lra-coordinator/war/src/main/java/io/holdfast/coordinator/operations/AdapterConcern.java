package io.holdfast.coordinator.operations;

import java.util.EnumSet;
import java.util.Set;

/** Why an operator looks at a branch of a resource adapter. */
public enum AdapterConcern {
    /** Prepared; waits for the transaction manager. */
    IN_DOUBT("in-doubt", "InDoubtBranches"),
    /** Its outcome is not what the transaction manager decided, or participants have failed for good. */
    HEURISTIC("heuristic", "HeuristicBranches"),
    /** Decided, and participants have not answered. */
    UNDELIVERED("undelivered", "UndeliveredBranches"),
    /** What no JTA transaction decides, and nobody has decided for long. */
    OPEN("open", "OpenFlows");

    private final String word;
    private final String attribute;

    AdapterConcern(String word, String attribute) {
        this.word = word;
        this.attribute = attribute;
    }

    /** How people write it. */
    public String word() {
        return word;
    }

    /** The MBean's list of them. */
    public String attribute() {
        return attribute;
    }

    /**
     * Reads a comma separated list, in any case.
     *
     * @return all for an empty text
     * @throws io.holdfast.coordinator.input.InvalidInputException if a word is no concern
     */
    public static Set<AdapterConcern> parse(String words) {
        return words.isBlank()
                ? EnumSet.allOf(AdapterConcern.class)
                : Words.parse("concern", words, AdapterConcern.class, AdapterConcern::word);
    }
}
