/// How a model is made smaller and faster: passes, pipelines, recipes and their traces.
@NullMarked
package dev.lathe.optimize;

import org.jspecify.annotations.NullMarked;
