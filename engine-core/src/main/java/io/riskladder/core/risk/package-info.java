/** How bad a threat is, and what the device does about it. */
@NullMarked
package io.riskladder.core.risk;

import org.jspecify.annotations.NullMarked;
