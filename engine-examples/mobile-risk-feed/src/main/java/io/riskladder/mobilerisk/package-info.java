/**
 * The events of the mobile risk API, versions 1 and 2, read from files or from its stream and
 * turned into what happens to devices and policies of the engine. What the names of the service
 * mean here is written down in the module's README.
 */
@NullMarked
package io.riskladder.mobilerisk;

import org.jspecify.annotations.NullMarked;
