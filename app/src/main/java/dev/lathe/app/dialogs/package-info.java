/// Popovers that ask for options: optimize, export, sizes of dimensions.
@NullMarked
package dev.lathe.app.dialogs;

import org.jspecify.annotations.NullMarked;
