package dev.lathe.optimize;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/// One rewrite of a model. Registered as a service; what it says about itself makes its menu entry, form,
/// help and tests.
///
/// It works on a [Model] rather than a bare graph because it may need another opset (see the ADR on this).
public interface Pass {
    PassInfo info();

    /// The rewritten model, or the same instance when the pass does not apply.
    ///
    /// @throws LatheException when options are wrong, or the model cannot be rewritten for a reason that
    ///     people should know
    Model run(Model model, PassContext context) throws LatheException;

    /// The same options, the files that they name being where `where` says: a recipe names them as seen from where it
    /// lies.
    default Map<String, String> withFiles(Map<String, String> options, UnaryOperator<Path> where) {
        return options;
    }
}
