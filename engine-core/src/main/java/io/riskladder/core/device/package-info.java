/** One device: its state, what happens to it, and the one function that decides what follows. */
@NullMarked
package io.riskladder.core.device;

import org.jspecify.annotations.NullMarked;
