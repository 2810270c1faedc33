/// Engines that are reached through DJL.
@NullMarked
package dev.lathe.profile.engine.djl;

import org.jspecify.annotations.NullMarked;
