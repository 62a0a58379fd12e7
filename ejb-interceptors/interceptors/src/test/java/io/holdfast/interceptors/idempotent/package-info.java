/** Tests with fakes of our own and real databases. */
@NullMarked
package io.holdfast.interceptors.idempotent;

import org.jspecify.annotations.NullMarked;
