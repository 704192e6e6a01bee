/// A kind of workload that exists only in tests: it wants some machines and runs one task on each. Made from nothing
/// but
/// what the engine offers to any kind; what it cannot do without touching the engine is a fault of the engine.
@NullMarked
package dev.skyhedge.engine.testing.lamp;

import org.jspecify.annotations.NullMarked;
