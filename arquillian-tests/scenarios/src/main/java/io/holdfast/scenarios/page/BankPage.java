package io.holdfast.scenarios.page;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the bank's page shows, read from its HTML. Immutable. */
record BankPage(
        List<List<String>> customers,
        List<List<String>> merchants,
        String total,
        List<List<String>> limits,
        List<List<String>> transfers) {
    private static final Pattern ROW = Pattern.compile("<tr>(.*?)</tr>", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("<td[^>]*>(.*?)</td>", Pattern.DOTALL);

    static BankPage of(String html) {
        return new BankPage(
                rows(html, "customers"),
                rows(html, "merchants"),
                text(find(html, "<strong id=\"total\">(.*?)</strong>")),
                rows(html, "limits"),
                rows(html, "transfers"));
    }

    /** An amount as the page writes it: narrow spaces between the thousands are not compared. */
    static String money(BigDecimal amount) {
        return amount.setScale(2).toPlainString();
    }

    /** The texts of the cells of a table's rows. */
    static List<List<String>> rows(String html, String table) {
        String body = find(html, "<table id=\"" + table + "\"[^>]*>.*?<tbody>(.*?)</tbody>");
        return all(ROW, body)
                .map(row -> all(CELL, row).map(BankPage::text).toList())
                .toList();
    }

    private static Stream<String> all(Pattern pattern, String html) {
        return pattern.matcher(html).results().map((MatchResult result) -> result.group(1));
    }

    private static String find(String html, String expression) {
        Matcher matcher = Pattern.compile(expression, Pattern.DOTALL).matcher(html);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + expression + " in:\n" + html);
        }
        return matcher.group(1);
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", "").replace("\u202f", "").strip();
    }
}
