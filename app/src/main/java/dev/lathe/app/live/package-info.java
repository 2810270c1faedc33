/// The Live tab: latency, throughput, memory and load while a model runs.
@NullMarked
package dev.lathe.app.live;

import org.jspecify.annotations.NullMarked;
