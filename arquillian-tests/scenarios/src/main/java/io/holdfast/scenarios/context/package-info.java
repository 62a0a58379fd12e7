/** An application that is deployed twice, and what its calls from one to the other carry. */
@NullMarked
package io.holdfast.scenarios.context;

import org.jspecify.annotations.NullMarked;
