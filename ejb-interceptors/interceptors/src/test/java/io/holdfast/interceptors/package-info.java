/** Tests with fakes of our own. */
@NullMarked
package io.holdfast.interceptors;

import org.jspecify.annotations.NullMarked;
