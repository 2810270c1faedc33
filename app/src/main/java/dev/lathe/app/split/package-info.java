/// Splitting a model over devices: the devices panel, the planner, the schedule.
@NullMarked
package dev.lathe.app.split;

import org.jspecify.annotations.NullMarked;
