package io.holdfast.rar;

/** Stands for the adapter's class of that name, so that the kill rules can be checked without it. */
public final class LocalDriver {
    static String translated(String answer) {
        return answer;
    }
}
