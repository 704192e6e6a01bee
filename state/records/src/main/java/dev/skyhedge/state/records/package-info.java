/// What a state holds, as values: replicas, services, intents, zone health, orders, spend, the lease, and the changes
/// that a commit makes of them. The JDK and the vocabulary of the providers only; how they are kept is not known here.
@NullMarked
package dev.skyhedge.state.records;

import org.jspecify.annotations.NullMarked;
