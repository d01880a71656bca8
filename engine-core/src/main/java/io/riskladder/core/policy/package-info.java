/** The policy document as values, and its compiled form. */
@NullMarked
package io.riskladder.core.policy;

import org.jspecify.annotations.NullMarked;
