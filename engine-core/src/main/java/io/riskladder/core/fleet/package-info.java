/** The devices of one tenant in memory: events in, effects out, in order. */
@NullMarked
package io.riskladder.core.fleet;

import org.jspecify.annotations.NullMarked;
