/** What the fence costs of a try and its confirm; needs no server. */
@NullMarked
package io.holdfast.benchmarks.fence;

import org.jspecify.annotations.NullMarked;
