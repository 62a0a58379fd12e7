/** An application that writes one entry in one transaction with every kind of participant of the adapter, for the tests of this module. */
@NullMarked
package io.holdfast.tests.adapter.app;

import org.jspecify.annotations.NullMarked;
