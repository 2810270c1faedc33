/// The Sweep tab: a model measured at many sizes and settings.
@NullMarked
package dev.lathe.app.sweep;

import org.jspecify.annotations.NullMarked;
