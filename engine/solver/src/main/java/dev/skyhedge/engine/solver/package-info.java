/// What solves integer programs: SCIP by OR-Tools, whose natives are loaded when the first
/// program is asked for, and ojAlgo in pure Java where they cannot be. Nothing here knows what a
/// program is about.
@NullMarked
package dev.skyhedge.engine.solver;

import org.jspecify.annotations.NullMarked;
