/// How a model runs and what it costs: profile plans, runs and their statistics.
@NullMarked
package dev.lathe.profile;

import org.jspecify.annotations.NullMarked;
