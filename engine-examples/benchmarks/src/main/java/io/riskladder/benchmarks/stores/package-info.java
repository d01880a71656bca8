/** What keeps devices in a database: the library's store, and JDBC written by hand. */
@NullMarked
package io.riskladder.benchmarks.stores;

import org.jspecify.annotations.NullMarked;
