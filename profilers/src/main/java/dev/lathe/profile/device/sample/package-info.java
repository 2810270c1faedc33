/// What the machine is doing now: one sampler per source.
@NullMarked
package dev.lathe.profile.device.sample;

import org.jspecify.annotations.NullMarked;
