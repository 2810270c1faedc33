package dev.lathe.graph.edit;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// One change to a model by hand. To add a kind, write one file and one line in [EditScript].
///
/// Nodes and tensors are meant by name, as [ModelNames] has them, so that an edit can be kept in a recipe.
public interface Edit {
    /// The statement that [EditScript] reads back as this edit.
    String text();

    /// The changed model. Whether it keeps the rules of the standard is for [Edits] to find out.
    ///
    /// @throws LatheException when something that the edit names is not there, or cannot be changed so
    Model apply(Model model, JobContext context) throws LatheException;

    /// The same edit, the files that it names being where `where` says.
    default Edit withFiles(UnaryOperator<Path> where) {
        return this;
    }
}
