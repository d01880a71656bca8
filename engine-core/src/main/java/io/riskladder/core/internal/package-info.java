/** Shared inside Riskladder's own modules; not for hosts. */
@NullMarked
package io.riskladder.core.internal;

import org.jspecify.annotations.NullMarked;
