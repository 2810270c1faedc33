/// Changes to models by hand, each a value with a statement as text; and parts of models made into models of
/// their own.
@NullMarked
package dev.lathe.graph.edit;

import org.jspecify.annotations.NullMarked;
