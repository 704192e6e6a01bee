/// What client and daemon say to each other, and what the daemon writes into its ledger: JSON, and the
/// contract's values in it.
@NullMarked
package dev.skyhedge.providers.local.wire;

import org.jspecify.annotations.NullMarked;
