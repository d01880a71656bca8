/** What is valid in a policy set, and unwise all the same. */
@NullMarked
package io.riskladder.core.advice;

import org.jspecify.annotations.NullMarked;
