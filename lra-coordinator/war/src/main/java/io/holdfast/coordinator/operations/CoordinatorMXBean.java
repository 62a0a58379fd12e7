package io.holdfast.coordinator.operations;

import java.util.Map;

/**
 * What an administrator sees of a coordinator, under the name {@code io.holdfast:type=LraCoordinator,node=NODE}, NODE being the node id,
 * from its start to its stop.
 */
public interface CoordinatorMXBean {
    /** The coordinator's node id, generated once and kept with its log. */
    String getNodeId();

    /** How many LRAs, participants and alarms there are, by name. docs/lra-coordinator.md explains each. Looks at each LRA once. */
    Map<String, Long> getCounts();

    /** Calls every participant that has not answered now, instead of at the end of its interval. */
    void retryNow();
}
