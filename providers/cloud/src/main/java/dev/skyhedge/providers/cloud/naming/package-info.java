/// What our instances are called and what is written on them. Pure functions of a launch's token and tags.
@NullMarked
package dev.skyhedge.providers.cloud.naming;

import org.jspecify.annotations.NullMarked;
