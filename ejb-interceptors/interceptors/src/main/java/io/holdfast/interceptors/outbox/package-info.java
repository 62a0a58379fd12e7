/** API: reliable messages as rows of a database that is not XA, and their relay. */
@NullMarked
package io.holdfast.interceptors.outbox;

import org.jspecify.annotations.NullMarked;
