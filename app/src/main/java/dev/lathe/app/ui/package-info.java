/// What views share: how numbers are written and which colours mean what. No view of its own.
@NullMarked
package dev.lathe.app.ui;

import org.jspecify.annotations.NullMarked;
