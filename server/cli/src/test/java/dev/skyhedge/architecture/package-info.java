/// The rules of the house, as tests: which module may see which, where each library stays, what the pure core may not
/// touch. They live in the one module that sees all others. No test of what the code does belongs here.
@NullMarked
package dev.skyhedge.architecture;

import org.jspecify.annotations.NullMarked;
