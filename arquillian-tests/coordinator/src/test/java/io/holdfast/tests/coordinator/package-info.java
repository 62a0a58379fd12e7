/** Internal: the coordinator alone on a real server, with participants that are small HTTP servers in the tests' JVM. */
@NullMarked
package io.holdfast.tests.coordinator;

import org.jspecify.annotations.NullMarked;
