/** What would happen, before it does: timelines, explanations and the impact of a change. */
@NullMarked
package io.riskladder.core.simulation;

import org.jspecify.annotations.NullMarked;
