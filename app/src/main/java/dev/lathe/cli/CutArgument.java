package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.edit.Cutout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `--cut IN,…:OUT,…`: the part of a model between tensors. Names may have colons and commas of their own
/// (`conv1:0`), so the argument is read in the first way in which all its names exist.
record CutArgument(String text) {

    Model of(Model model, JobContext context) throws LatheException {
        Map<String, ValueId> byName = new HashMap<>();
        Graph graph = model.graph();
        graph.values().forEach(v -> byName.putIfAbsent(v.name(), v.id()));
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            Optional<List<ValueId>> from = ids(text.substring(0, colon), byName);
            Optional<List<ValueId>> to = ids(text.substring(colon + 1), byName);
            if (from.isPresent() && to.isPresent()) {
                Analysis open = Analysis.of(model, DimBindings.NONE, context);
                return Cutout.between(model, open.inference(), from.get(), to.get());
            }
        }
        throw new LatheException(unread(byName));
    }

    /// The tensors of a list of names; empty when one does not exist.
    private static Optional<List<ValueId>> ids(String list, Map<String, ValueId> byName) {
        List<ValueId> found = new ArrayList<>();
        int start = 0;
        while (start < list.length()) {
            int end = list.length();
            while (end > start && !byName.containsKey(list.substring(start, end))) {
                end = list.lastIndexOf(',', end - 1);
            }
            if (end <= start) {
                return Optional.empty();
            }
            found.add(byName.get(list.substring(start, end)));
            start = end + 1;
        }
        return Optional.of(found);
    }

    private Diagnostic unread(Map<String, ValueId> byName) {
        Place place = new Place.AtOption("--cut " + text);
        if (text.indexOf(':') < 0) {
            return Diagnostic.error("cut-malformed", "IN,…:OUT,… is expected, with a colon between", place);
        }
        String wrong = java.util.Arrays.stream(text.split("[:,]"))
                .filter(w -> !w.isEmpty() && !byName.containsKey(w))
                .findFirst()
                .orElse(text);
        return Diagnostic.error("cut-unknown-tensor", "the model has no tensor '" + wrong + "'", place)
                .withRemedy("lathe inspect --shapes - lists all tensors.");
    }
}
