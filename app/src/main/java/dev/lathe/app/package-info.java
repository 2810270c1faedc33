/// What people see: the workbench window and the way into the commands.
@NullMarked
package dev.lathe.app;

import org.jspecify.annotations.NullMarked;
