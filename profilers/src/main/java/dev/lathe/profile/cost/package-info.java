/// What a layer can cost at the least, by analysis.
@NullMarked
package dev.lathe.profile.cost;

import org.jspecify.annotations.NullMarked;
