/** The MDM's side: labels, and the compliance actions that they lead to. */
@NullMarked
package io.riskladder.core.mdm;

import org.jspecify.annotations.NullMarked;
