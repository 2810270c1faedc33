/// The Roofline tab: how near each layer comes to what its device gives at most.
@NullMarked
package dev.lathe.app.roofline;

import org.jspecify.annotations.NullMarked;
