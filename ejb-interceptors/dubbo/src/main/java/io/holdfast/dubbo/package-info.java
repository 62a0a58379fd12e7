/** API by their presence: filters that carry an LRA in an attachment of Dubbo's calls, one for each side. Dubbo finds them by itself. */
@NullMarked
package io.holdfast.dubbo;

import org.jspecify.annotations.NullMarked;
