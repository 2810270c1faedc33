/// TorchScript files as far as they are known from outside: what they are given, and which operators they were seen to
/// run.
@NullMarked
package dev.lathe.profile.torchscript;

import org.jspecify.annotations.NullMarked;
