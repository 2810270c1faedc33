/// What a graph allows its inputs to be: sizes of open dimensions, ranges of integers.
@NullMarked
package dev.lathe.profile.input;

import org.jspecify.annotations.NullMarked;
