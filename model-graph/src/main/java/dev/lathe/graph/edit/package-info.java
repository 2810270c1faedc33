/// Parts of models made into models of their own.
@NullMarked
package dev.lathe.graph.edit;

import org.jspecify.annotations.NullMarked;
