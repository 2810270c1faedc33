/// NVIDIA's management library: what its cards are and what they count.
@NullMarked
package dev.lathe.profile.nvml;

import org.jspecify.annotations.NullMarked;
