/** Internal: arguments and results as JSON, by the server's Jakarta JSON Binding; never Java serialisation. */
@NullMarked
package io.holdfast.interceptors.json;

import org.jspecify.annotations.NullMarked;
