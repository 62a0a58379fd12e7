/** A shop in one WAR whose account and merchant are TCC participants, for the tests of this module. */
@NullMarked
package io.holdfast.tests.tcc.app;

import org.jspecify.annotations.NullMarked;
