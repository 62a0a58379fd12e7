/** Bookings in LRAs by session and message-driven beans, for the tests of this module. */
@NullMarked
package io.holdfast.tests.tcc.lra;

import org.jspecify.annotations.NullMarked;
