/// What was measured, as files in the user's data folder, by what the models' files hold.
@NullMarked
package dev.lathe.app.session;

import org.jspecify.annotations.NullMarked;
