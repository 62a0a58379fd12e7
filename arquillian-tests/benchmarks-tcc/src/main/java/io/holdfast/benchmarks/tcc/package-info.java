/** TCC as an application has it: two beans with {@code @Tcc} that do nothing, and a caller with a JTA transaction. Internal. */
@NullMarked
package io.holdfast.benchmarks.tcc;

import org.jspecify.annotations.NullMarked;
