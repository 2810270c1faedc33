/// Models written as graph texts.
@NullMarked
package dev.lathe.graph.io.text;

import org.jspecify.annotations.NullMarked;
