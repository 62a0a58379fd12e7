/** The bank's page in a real browser. */
@NullMarked
package io.holdfast.scenarios.page;

import org.jspecify.annotations.NullMarked;
