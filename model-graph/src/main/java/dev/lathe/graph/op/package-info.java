/// What operators mean: schema, shape inference and cost, one file per operator in the packages below.
@NullMarked
package dev.lathe.graph.op;

import org.jspecify.annotations.NullMarked;
