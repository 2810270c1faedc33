/// Placed models: stages in files of their own, each for a device, that run as one model.
@NullMarked
package dev.lathe.profile.placed;

import org.jspecify.annotations.NullMarked;
