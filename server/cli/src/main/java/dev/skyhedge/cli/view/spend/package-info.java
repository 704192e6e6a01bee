/// What a state has cost, cut into days and added up by what one asks for: text, JSON and the FOCUS columns of
/// FinOps. Nothing here reads a state or a clock.
@NullMarked
package dev.skyhedge.cli.view.spend;

import org.jspecify.annotations.NullMarked;
