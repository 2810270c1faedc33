/// What people take away: layer tables, traces and the one-file report.
@NullMarked
package dev.lathe.report;

import org.jspecify.annotations.NullMarked;
