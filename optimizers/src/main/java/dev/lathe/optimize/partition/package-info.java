/// How a model is split over devices.
@NullMarked
package dev.lathe.optimize.partition;

import org.jspecify.annotations.NullMarked;
