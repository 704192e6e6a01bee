/// What a watch tells people, each thing once: events as values. How they look is up to whoever listens.
@NullMarked
package dev.skyhedge.watch.news;

import org.jspecify.annotations.NullMarked;
