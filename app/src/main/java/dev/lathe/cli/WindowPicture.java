package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.optimize.Recipe;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Draws the real window into a picture file. The program's entry gives the implementation, so that the
/// commands do not lean on the window.
@FunctionalInterface
public interface WindowPicture {

    /// What is to be on the picture. `pane` is the bottom tab to be in front; `select` a node by name;
    /// `expand` blocks to open; `variants` recipes to apply, by name; `runs` > 0 measures the models first;
    /// `command` the id of a command of the window whose popover or view is to be open;
    /// `split` the ids of devices to split the model over; `trace` a file for the Timeline; `press` buttons
    /// to press after all of that, by their ids, and fields to write into, as `id=text`.
    record Request(
            Optional<Path> model,
            Optional<String> pane,
            boolean dark,
            int width,
            int height,
            int runs,
            Optional<String> select,
            List<String> expand,
            Optional<String> colourBy,
            Map<String, Recipe> variants,
            Optional<String> command,
            List<String> split,
            Optional<Path> trace,
            List<String> press,
            Path target) {
        public Request {
            expand = List.copyOf(expand);
            split = List.copyOf(split);
            press = List.copyOf(press);
            variants = Collections.unmodifiableMap(new LinkedHashMap<>(variants));
        }
    }

    void take(Request request) throws LatheException;
}
