/** What a host calls: the engine that decides, keeps and delivers. */
@NullMarked
package io.riskladder.mdm.runtime;

import org.jspecify.annotations.NullMarked;
