/// What a model is: an immutable graph of nodes and values with shapes, types and origins.
@NullMarked
package dev.lathe.graph;

import org.jspecify.annotations.NullMarked;
