/// What a run's figures say to its reader: findings, each with a remedy, by one rule a file.
@NullMarked
package dev.lathe.profile.insight;

import org.jspecify.annotations.NullMarked;
