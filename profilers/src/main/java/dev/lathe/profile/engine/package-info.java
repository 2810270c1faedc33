/// Execution engines behind one contract.
@NullMarked
package dev.lathe.profile.engine;

import org.jspecify.annotations.NullMarked;
