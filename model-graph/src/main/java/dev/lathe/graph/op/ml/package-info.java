/// Operators of ai.onnx.ml, as classical models converted from scikit-learn, LightGBM and their like carry them.
@NullMarked
package dev.lathe.graph.op.ml;

import org.jspecify.annotations.NullMarked;
