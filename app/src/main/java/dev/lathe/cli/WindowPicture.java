package dev.lathe.cli;

import dev.lathe.core.LatheException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Draws the real window into a picture file. The program's entry gives the implementation, so that the commands do not lean on
/// the window.
@FunctionalInterface
public interface WindowPicture {

    /// What is to be on the picture. `pane` is the bottom tab to be in front; `select` a node by name; `expand` blocks to open;
    /// `optimize` pass specifications applied as variants; `runs` > 0 measures the model first; `split` shows the split view.
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
            List<String> optimize,
            boolean split,
            Path target) {
        public Request {
            expand = List.copyOf(expand);
            optimize = List.copyOf(optimize);
        }
    }

    void take(Request request) throws LatheException;
}
