/// The devices of this machine, and why some of them cannot be used.
@NullMarked
package dev.lathe.profile.device;

import org.jspecify.annotations.NullMarked;
