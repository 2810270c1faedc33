/// Models that were made wrong, held against ONNX Runtime.
package dev.lathe.profile.mutant;
