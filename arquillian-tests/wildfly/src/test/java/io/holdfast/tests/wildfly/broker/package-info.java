/** An application that stops and starts WildFly's broker while all else runs on. */
@NullMarked
package io.holdfast.tests.wildfly.broker;

import org.jspecify.annotations.NullMarked;
