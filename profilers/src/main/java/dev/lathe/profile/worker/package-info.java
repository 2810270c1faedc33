/// The child process that hosts an engine: a model file is somebody else's data, and native code can crash.
@NullMarked
package dev.lathe.profile.worker;

import org.jspecify.annotations.NullMarked;
