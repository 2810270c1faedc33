/// Two measurements beside each other: what changed, and how sure that is.
@NullMarked
package dev.lathe.profile.compare;

import org.jspecify.annotations.NullMarked;
