/// ONNX Runtime (com.microsoft): one file per operator, listed in [MicrosoftOps].
@NullMarked
package dev.lathe.graph.op.microsoft;

import org.jspecify.annotations.NullMarked;
