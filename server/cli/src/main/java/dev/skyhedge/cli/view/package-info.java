/// What users read: plans, progress, status and state as text and as JSON.
///
/// Pure functions from records to text. Nothing in here prints, reads a file or a clock, or asks a terminal
/// what it can do: width, colour and the present time are parameters.
@NullMarked
package dev.skyhedge.cli.view;

import org.jspecify.annotations.NullMarked;
