package io.holdfast.coordinator.participant;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a Link header (RFC 8288, section 3). Confined to one thread. */
final class LinkHeader {
    /** @param relations the words of {@code rel}, none when it is missing */
    record Link(String target, List<String> relations) {}

    private final String text;
    private int at;

    private LinkHeader(String text) {
        this.text = text;
    }

    /** @throws InvalidInputException if it is not a list of links */
    static List<Link> parse(String text) {
        return new LinkHeader(text).links();
    }

    private List<Link> links() {
        List<Link> links = new ArrayList<>();
        skipBlanksAndCommas();
        while (at < text.length()) {
            links.add(link());
            skipBlanks();
            if (at < text.length() && text.charAt(at) != ',') {
                throw wrong("a comma or a semicolon");
            }
            skipBlanksAndCommas();
        }
        return links;
    }

    private Link link() {
        expect('<');
        int end = text.indexOf('>', at);
        if (end < 0) {
            throw wrong("'>' behind the address");
        }
        String target = text.substring(at, end).strip();
        at = end + 1;
        List<String> relations = List.of();
        skipBlanks();
        while (at < text.length() && text.charAt(at) == ';') {
            at++;
            skipBlanks();
            String name = token().toLowerCase(Locale.ROOT);
            skipBlanks();
            String value = value();
            if (name.equals("rel") && relations.isEmpty()) {
                relations = words(value.strip());
            }
            skipBlanks();
        }
        return new Link(target, relations);
    }

    private static List<String> words(String text) {
        boolean isOne = text.chars().noneMatch(Character::isWhitespace);
        return isOne ? List.of(text) : List.of(text.split("\\s+"));
    }

    private String value() {
        if (at >= text.length() || text.charAt(at) != '=') {
            return "";
        }
        at++;
        skipBlanks();
        return at < text.length() && text.charAt(at) == '"' ? quoted() : token();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
                c = text.charAt(at);
            }
            value.append(c);
        }
        throw wrong("a closing quotation mark");
    }

    private String token() {
        int start = at;
        while (at < text.length() && ",;=\"<> \t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private void expect(char c) {
        if (text.charAt(at) != c) {
            throw wrong("'" + c + "'");
        }
        at++;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private void skipBlanksAndCommas() {
        while (at < text.length() && (text.charAt(at) == ',' || Character.isWhitespace(text.charAt(at)))) {
            at++;
        }
    }

    private InvalidInputException wrong(String expected) {
        return new InvalidInputException(
                "The Link needs " + expected + " at position " + at + ": '" + Bounds.shown(text) + "'");
    }
}
