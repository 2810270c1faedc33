/// The tree of variants with what they cost before and after.
@NullMarked
package dev.lathe.app.variants;

import org.jspecify.annotations.NullMarked;
