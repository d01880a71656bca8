/** What the whole core shares: the bounds of everything that grows. */
@NullMarked
package io.riskladder.core;

import org.jspecify.annotations.NullMarked;
