/// One class of ours in HCL4j's package, because its lexer is visible only there. Nothing else may live here.
@NullMarked
package com.bertramlabs.plugins.hcl4j;

import org.jspecify.annotations.NullMarked;
