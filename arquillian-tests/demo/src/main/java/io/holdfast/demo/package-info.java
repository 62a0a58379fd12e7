/** The demo: a WildFly or a Payara with everything deployed, and the scenarios played on it. Internal. */
@NullMarked
package io.holdfast.demo;

import org.jspecify.annotations.NullMarked;
