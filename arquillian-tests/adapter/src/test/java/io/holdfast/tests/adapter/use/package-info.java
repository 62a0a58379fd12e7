/** Small applications that use one adapter or several, for the tests of this module. */
@NullMarked
package io.holdfast.tests.adapter.use;

import org.jspecify.annotations.NullMarked;
