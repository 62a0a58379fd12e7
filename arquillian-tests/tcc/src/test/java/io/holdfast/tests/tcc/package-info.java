/** TCC participants in the server of the transaction, on real servers. */
@NullMarked
package io.holdfast.tests.tcc;

import org.jspecify.annotations.NullMarked;
