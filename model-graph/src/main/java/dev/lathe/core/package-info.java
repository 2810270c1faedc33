/// What every module needs: jobs, outcomes, diagnostics, quantities, undo history.
@NullMarked
package dev.lathe.core;

import org.jspecify.annotations.NullMarked;
