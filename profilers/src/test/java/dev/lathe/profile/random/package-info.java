/// Graphs made at random, node by node, held against what ONNX Runtime computes.
package dev.lathe.profile.random;
