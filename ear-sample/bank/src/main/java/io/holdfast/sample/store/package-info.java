/** Internal: the store. One order is a flow of actions, each with its undo, in one JTA transaction. */
@NullMarked
package io.holdfast.sample.store;

import org.jspecify.annotations.NullMarked;
