package dev.lathe.graph.edit;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Inference;
import dev.lathe.graph.text.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Keeps only the part of the model between two sets of tensors of its main graph.
public record Cut(List<String> from, List<String> to) implements Edit {
    public Cut {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    @Override
    public String text() {
        return "cut " + list(from) + " -> " + list(to);
    }

    private static String list(List<String> names) {
        return names.stream().map(GraphText::name).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public Model apply(Model model, JobContext context) throws LatheException {
        ModelNames names = ModelNames.of(model);
        return Cutout.between(model, Inference.of(model, context), ids(names, from), ids(names, to));
    }

    private static List<ValueId> ids(ModelNames names, List<String> tensors) throws LatheException {
        List<ValueId> ids = new ArrayList<>();
        for (String t : tensors) {
            ids.add(names.mainTensor(t).id());
        }
        return ids;
    }
}
