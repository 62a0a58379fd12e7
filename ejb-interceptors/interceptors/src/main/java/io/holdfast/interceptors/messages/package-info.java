/** API: reliable messages in a JTA transaction, and failure replies of message-driven beans. */
@NullMarked
package io.holdfast.interceptors.messages;

import org.jspecify.annotations.NullMarked;
