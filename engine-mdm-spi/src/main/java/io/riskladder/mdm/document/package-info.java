/**
 * Policy documents, events, effects and device states as JSON and YAML. What is written reads back
 * equal; what cannot be read is answered with {@link
 * io.riskladder.mdm.document.InvalidDocumentException} and nothing else.
 */
@NullMarked
package io.riskladder.mdm.document;

import org.jspecify.annotations.NullMarked;
