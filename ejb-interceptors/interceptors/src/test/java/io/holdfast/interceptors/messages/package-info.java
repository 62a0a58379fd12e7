/** Tests. */
@NullMarked
package io.holdfast.interceptors.messages;

import org.jspecify.annotations.NullMarked;
