/** The kinds of threats: classifications and the built-in catalogue of them. */
@NullMarked
package io.riskladder.core.threat;

import org.jspecify.annotations.NullMarked;
