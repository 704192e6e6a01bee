/// A second, independent reading of a spec's files: HCL4j's lexer. What a plan may remove because its block is
/// gone is removed only if both readers agree that it is gone. The only package that may use HCL4j.
@NullMarked
package dev.skyhedge.specs.crossread;

import org.jspecify.annotations.NullMarked;
