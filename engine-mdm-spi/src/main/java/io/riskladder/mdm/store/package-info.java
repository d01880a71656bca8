/** Where an engine keeps what must not be lost. */
@NullMarked
package io.riskladder.mdm.store;

import org.jspecify.annotations.NullMarked;
