/// Changes by hand as a pass, so that recipes have them.
@NullMarked
package dev.lathe.optimize.edit;

import org.jspecify.annotations.NullMarked;
