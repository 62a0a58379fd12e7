/** A server under test: how it is configured, started, killed and given deployments. Internal. */
@NullMarked
package io.holdfast.scenarios.server;

import org.jspecify.annotations.NullMarked;
