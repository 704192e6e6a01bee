/// The references between the declarations of a spec as a picture. Pure text for Graphviz and Mermaid.
@NullMarked
package dev.skyhedge.specs.graph;

import org.jspecify.annotations.NullMarked;
