package io.holdfast.interceptors.messages;

import io.holdfast.api.HoldfastException;
import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.jdbc.Keys;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * What a message may be. Immutable.
 *
 * @param longestBody in characters; 1 to {@value #MOST_CHARACTERS}
 */
public record MessageBounds(int longestBody) {
    /** 262,144 characters. */
    public static final MessageBounds DEFAULT = new MessageBounds(262_144);

    /** The highest bound of a body, in characters. */
    public static final int MOST_CHARACTERS = 10_000_000;

    /** For answers to messages that somebody else has sent, within bounds of his own. */
    static final MessageBounds WIDEST = new MessageBounds(MOST_CHARACTERS);

    private static final int LONGEST_ID = 100;
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_DESTINATION = 500;
    private static final int MOST_PROPERTIES = 20;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_VALUE = 10_000;
    /** Do not count, so that what was sent can be answered. */
    private static final Set<String> OF_FAILURE_REPLIES = Set.of(
            OnFailureReply.FAILURE_PROPERTY, OnFailureReply.FAILURE_TYPE_PROPERTY, OnFailureReply.FAILED_ID_PROPERTY);

    private static final Set<String> RESERVED_IN_SELECTORS =
            Set.of("NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS", "ESCAPE");

    public MessageBounds {
        if (longestBody < 1 || longestBody > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    InterceptorMessage.WRONG_MESSAGE_BOUND.with(longestBody, MOST_CHARACTERS));
        }
    }

    /** @throws HoldfastException naming what is wrong and the bound */
    public void check(OutgoingMessage message) {
        require(message, Keys.isSound(message.id(), LONGEST_ID), "its id must have 1 to " + LONGEST_ID + " characters");
        require(
                message,
                message.key().isEmpty() || Keys.isSound(message.key(), LONGEST_KEY),
                "its key '" + shortened(message.key()) + "' must have at most " + LONGEST_KEY
                        + " characters, no control characters and no spaces around it");
        require(
                message,
                Keys.isSound(message.destination(), LONGEST_DESTINATION),
                "its destination must have 1 to " + LONGEST_DESTINATION + " characters");
        require(
                message,
                message.body().length() <= longestBody,
                "its body has " + message.body().length() + " characters; allowed are " + longestBody);
        long properties = message.properties().keySet().stream()
                .filter(name -> !OF_FAILURE_REPLIES.contains(name))
                .count();
        require(
                message,
                properties <= MOST_PROPERTIES,
                "it has " + properties + " properties; allowed are " + MOST_PROPERTIES);
        message.properties().forEach((name, value) -> check(message, name, value));
    }

    private static void check(OutgoingMessage message, String name, String value) {
        boolean ours = name.equals(OutgoingMessage.ID_PROPERTY) || name.equals(OutgoingMessage.KEY_PROPERTY);
        boolean usable = SourceVersion.isIdentifier(name)
                && name.length() <= LONGEST_NAME
                && !name.startsWith("JMS")
                && !RESERVED_IN_SELECTORS.contains(name.toUpperCase(Locale.ROOT));
        require(
                message,
                usable && !ours,
                "the property '" + shortened(name) + "' must have a name that is a Java identifier of at most "
                        + LONGEST_NAME
                        + " characters, does not begin with JMS and is neither a word of selectors nor one of Holdfast's");
        require(
                message,
                value.length() <= LONGEST_VALUE,
                "the property " + name + " has " + value.length() + " characters; allowed are " + LONGEST_VALUE);
    }

    private static void require(OutgoingMessage message, boolean fine, String otherwise) {
        if (!fine) {
            throw InterceptorMessage.WRONG_MESSAGE.exception(
                    shortened(message.id()), shortened(message.destination()), otherwise);
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...";
    }
}
