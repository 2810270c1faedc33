/// Whether a model keeps the rules of the ONNX standard.
@NullMarked
package dev.lathe.graph.verify;

import org.jspecify.annotations.NullMarked;
