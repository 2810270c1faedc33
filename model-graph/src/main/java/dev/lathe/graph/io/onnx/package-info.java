/// ONNX in and out: a lazy protobuf walker over the mapped file, and a writer that streams weights from where
/// they lie.
@NullMarked
package dev.lathe.graph.io.onnx;

import org.jspecify.annotations.NullMarked;
