/// The Findings tab: what the figures of a run mean, and what to do about it.
@NullMarked
package dev.lathe.app.findings;

import org.jspecify.annotations.NullMarked;
