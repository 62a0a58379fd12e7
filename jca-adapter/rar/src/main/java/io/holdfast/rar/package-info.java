/**
 * Internal: the resource adapter. The server meets the classes named in ra.xml, applications see {@code io.holdfast.api} only.
 *
 * <p>A branch of a JTA transaction is a transaction of the engine, started when the application first asks for the LRA; the words of
 * XA appear in {@link io.holdfast.rar.BranchXAResource} only.
 */
@NullMarked
package io.holdfast.rar;

import org.jspecify.annotations.NullMarked;
