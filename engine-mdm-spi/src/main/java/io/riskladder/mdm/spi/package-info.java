/** What a host implements, one role each, and what it is handed. */
@NullMarked
package io.riskladder.mdm.spi;

import org.jspecify.annotations.NullMarked;
