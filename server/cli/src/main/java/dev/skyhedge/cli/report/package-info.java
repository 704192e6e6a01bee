/// The page that shows a simulation to people: tables in HTML, charts drawn by d3 from the comparison's own
/// JSON, all in one file. Numbers come from the simulator; none is computed here but the confidence intervals
/// of the table.
@NullMarked
package dev.skyhedge.cli.report;

import org.jspecify.annotations.NullMarked;
