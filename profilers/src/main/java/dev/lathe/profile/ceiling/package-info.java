/// What devices give at most: measured, kept, found again.
@NullMarked
package dev.lathe.profile.ceiling;

import org.jspecify.annotations.NullMarked;
