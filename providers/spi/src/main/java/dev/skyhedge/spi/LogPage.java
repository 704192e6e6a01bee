package dev.skyhedge.spi;

/// A piece of what a workload wrote to its standard output and error.
///
/// @param text whole lines, except that the last may be unfinished
/// @param nextOffset where the next page starts, in bytes from the beginning
/// @param complete whether the workload has ended and nothing follows
public record LogPage(String text, long nextOffset, boolean complete) {}
