/// What is open and what was done with it: one immutable project, its actions, and the acts that start jobs. Knows
/// nothing of windows.
@NullMarked
package dev.lathe.app.project;

import org.jspecify.annotations.NullMarked;
