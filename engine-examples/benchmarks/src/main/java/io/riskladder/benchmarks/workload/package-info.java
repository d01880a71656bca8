/** One tenant's month: what all contestants are given, and what they are to make of it. */
@NullMarked
package io.riskladder.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
