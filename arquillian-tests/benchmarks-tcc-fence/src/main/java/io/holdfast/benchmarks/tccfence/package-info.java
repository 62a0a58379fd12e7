/** What the fence costs an application: beans with {@code @Tcc} that change an account, with it and without. Internal. */
@NullMarked
package io.holdfast.benchmarks.tccfence;

import org.jspecify.annotations.NullMarked;
