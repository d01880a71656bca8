/** The {@code riskladder} command. */
@NullMarked
package io.riskladder.cli;

import org.jspecify.annotations.NullMarked;
