/// What Skyhedge remembers: services, replicas, the journal of intents and outcomes, zone health, events,
/// spend, and the lease of whoever may change them.
///
/// [StateStore] is the border: above it nobody sees SQL, below it nobody knows what a plan is.
@NullMarked
package dev.skyhedge.state.store;

import org.jspecify.annotations.NullMarked;
