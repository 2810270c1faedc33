/// ONNX Runtime, through its Java API and, for run-level profiling, its C API.
@NullMarked
package dev.lathe.profile.engine.ort;

import org.jspecify.annotations.NullMarked;
