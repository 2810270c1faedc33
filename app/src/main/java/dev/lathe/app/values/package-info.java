/// The Values tab: what tensors hold, and how far those of two variants are apart.
@NullMarked
package dev.lathe.app.values;

import org.jspecify.annotations.NullMarked;
