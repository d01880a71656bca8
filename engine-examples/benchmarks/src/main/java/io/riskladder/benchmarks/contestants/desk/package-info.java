/** What a contestant does itself whose library only leads threats from rung to rung. */
@NullMarked
package io.riskladder.benchmarks.contestants.desk;

import org.jspecify.annotations.NullMarked;
