/// The cheapest set of accelerators that keeps a service level, by size and rate of requests,
/// after Mélange (Griggs et al., arXiv 2404.14527): what is known of each accelerator, the
/// problem, its integer program, and what an answer means. Pure; programs are solved elsewhere,
/// behind [LinearSolver]. Nothing here rents, routes or reads files.
@NullMarked
package dev.skyhedge.engine.accelerators;

import org.jspecify.annotations.NullMarked;
