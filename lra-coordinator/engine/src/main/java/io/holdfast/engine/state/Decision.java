package io.holdfast.engine.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from a command: events to be logged and effects to be run after that, or a refusal. */
public record Decision(
        List<Event> events, List<Effect> effects, @Nullable Refusal refusal) {
    public Decision {
        events = List.copyOf(events);
        effects = List.copyOf(effects);
    }

    static Decision nothing() {
        return new Decision(List.of(), List.of(), null);
    }

    static Decision refused(Refusal refusal) {
        return new Decision(List.of(), List.of(), refusal);
    }

    static Decision of(Event... events) {
        return new Decision(List.of(events), List.of(), null);
    }
}
