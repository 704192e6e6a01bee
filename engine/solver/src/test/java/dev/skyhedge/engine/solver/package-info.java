/// Mixes of accelerators against published answers, against the program as the paper writes it,
/// and what must hold of all of them. Readers of profiles and lengths are here, for tests and
/// benchmarks.
@NullMarked
package dev.skyhedge.engine.solver;

import org.jspecify.annotations.NullMarked;
