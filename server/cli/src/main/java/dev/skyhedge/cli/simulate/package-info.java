/// `simulate` and `load`: time that is not the real one, and traffic that is not the users'.
@NullMarked
package dev.skyhedge.cli.simulate;

import org.jspecify.annotations.NullMarked;
