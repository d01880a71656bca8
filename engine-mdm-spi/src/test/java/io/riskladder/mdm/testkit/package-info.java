/**
 * What hosts test their own implementations with: for each role a contract, which is a class of
 * JUnit 5 tests to be extended.
 */
@NullMarked
package io.riskladder.mdm.testkit;

import org.jspecify.annotations.NullMarked;
