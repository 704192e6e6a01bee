package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.syntax.Body;
import java.util.List;
import java.util.Map;

/// The parsed files of a directory, and those of the modules that it calls.
///
/// @param directory relative to that of the spec; `.` for the spec itself
/// @param bodies the files in order
/// @param modules by label of the `module` block; one that could not be read is missing
record ModuleFiles(String directory, List<Body> bodies, Map<String, ModuleFiles> modules) {}
