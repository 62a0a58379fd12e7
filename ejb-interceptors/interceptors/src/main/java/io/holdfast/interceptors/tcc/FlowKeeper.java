package io.holdfast.interceptors.tcc;

import io.holdfast.api.HoldfastConnectionFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Who keeps the participants of an application's LRAs. The LRA's coordinator keeps this text for the application, which may be called on another
 * server, under another name, or after the loss of the adapter's log: what that one does not know has not ended.
 *
 * @param text as it stands in a header
 */
record FlowKeeper(String text) {
    static FlowKeeper of(HoldfastConnectionFactory adapter, String application) {
        return new FlowKeeper(
                "node " + adapter.nodeId() + " application " + URLEncoder.encode(application, StandardCharsets.UTF_8));
    }

    /** @param kept empty from a coordinator that keeps nothing, and from earlier releases */
    boolean isOne(String kept) {
        return kept.isEmpty() || kept.equals(text);
    }
}
