/** What fence and outbox cost in the business database; needs no server. */
@NullMarked
package io.holdfast.benchmarks.database;

import org.jspecify.annotations.NullMarked;
