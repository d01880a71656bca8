/** A run of a whole engine under load. */
@NullMarked
package io.riskladder.benchmarks.load;

import org.jspecify.annotations.NullMarked;
