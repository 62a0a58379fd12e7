/**
 * What the demo plays and the tests on real servers check: the bank's scenarios, the rules its books must keep, and the audit of the
 * server's log. Internal; knows nothing of Arquillian.
 */
@NullMarked
package io.holdfast.scenarios;

import org.jspecify.annotations.NullMarked;
