/// The functions of the language, each one entry of a [dev.skyhedge.specs.functions.FunctionTable] with
/// parameters, documentation, examples and implementation. To add one, add an entry to the list of its group.
/// What a function sees besides its arguments (the plan's time, files below the root directory) comes in as
/// [dev.skyhedge.specs.functions.Surroundings]; there is no clock, no randomness and no network.
@NullMarked
package dev.skyhedge.specs.functions;

import org.jspecify.annotations.NullMarked;
