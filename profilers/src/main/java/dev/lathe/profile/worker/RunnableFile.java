package dev.lathe.profile.worker;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.io.Formats;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// The file that an engine opens for a model. The source file itself when the model is as it was read and its
/// kernels can be told apart by name; else an export beside it in the work folder, in which every node has a
/// name of its own.
final class RunnableFile {
    private RunnableFile() {}

    static Path of(Model model, Path work, JobContext context) throws LatheException {
        boolean named = named(model);
        if (named && model.source().isPresent()) {
            return model.source().get();
        }
        Path file = work.resolve("model.onnx");
        context.progress(-1, "writing the model for the worker");
        Formats.export(named ? model : withNames(model), file, context);
        return file;
    }

    private static boolean named(Model model) {
        Set<String> names = new HashSet<>();
        for (Node n : model.graph().nodes()) {
            if (!n.op().equals("Constant") && (n.name().isEmpty() || !names.add(n.name()))) {
                return false;
            }
        }
        return true;
    }

    private static Model withNames(Model model) {
        Editor editor = model.graph().edit(model.newIds());
        Set<String> names = new HashSet<>();
        for (Node n : model.graph().nodes()) {
            String name = n.name();
            if (name.isEmpty() || !names.add(name)) {
                name = n.op() + "#" + n.id().index();
                names.add(name);
                editor.replace(new Node(
                        n.id(),
                        name,
                        n.domain(),
                        n.op(),
                        n.overload(),
                        n.inputs(),
                        n.outputs(),
                        n.attrs(),
                        n.origin(),
                        n.extra()));
            }
        }
        return model.withGraph(editor.commit());
    }
}
