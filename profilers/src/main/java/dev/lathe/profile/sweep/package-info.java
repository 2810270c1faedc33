/// A model measured at many sizes and settings.
@NullMarked
package dev.lathe.profile.sweep;

import org.jspecify.annotations.NullMarked;
