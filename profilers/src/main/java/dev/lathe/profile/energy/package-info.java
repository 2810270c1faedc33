/// What the machine's own counters say of the energy that a run took.
@NullMarked
package dev.lathe.profile.energy;

import org.jspecify.annotations.NullMarked;
