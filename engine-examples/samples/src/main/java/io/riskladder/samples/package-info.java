/** Sample main programs, each with an answer to one question. */
@NullMarked
package io.riskladder.samples;

import org.jspecify.annotations.NullMarked;
