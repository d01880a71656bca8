/** How long things take, measured with JMH. */
@NullMarked
package io.riskladder.benchmarks;

import org.jspecify.annotations.NullMarked;
