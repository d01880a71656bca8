/** The engine, and other ways to do the same. */
@NullMarked
package io.riskladder.benchmarks.contestants;

import org.jspecify.annotations.NullMarked;
