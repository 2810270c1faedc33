/// A TorchScript program in the window: what it is given is said by the user, what it runs by a run.
@NullMarked
package dev.lathe.app.program;

import org.jspecify.annotations.NullMarked;
