/// `logs`: what replicas wrote, from their clouds or from what the state kept of it.
@NullMarked
package dev.skyhedge.cli.logs;

import org.jspecify.annotations.NullMarked;
