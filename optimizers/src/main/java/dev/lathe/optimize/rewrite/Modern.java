package dev.lathe.optimize.rewrite;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.graph.Editor;
import dev.lathe.graph.Model;
import dev.lathe.optimize.OptionSpec;
import dev.lathe.optimize.PassContext;
import java.util.List;

/// Weights that are listed among the inputs made plain: before IR 4 every weight had to be listed there, and
/// some exporters went on doing so, which turns weights into defaults that callers may override and that
/// nothing can be computed from ahead.
public final class Modern {
    /// The first IR version in which an initializer need not be an input.
    public static final long INITIALIZERS_NEED_NO_INPUT = 4;

    private static final String NAME = "plain-weights";

    /// For passes that read weights.
    public static final OptionSpec OPTION = new OptionSpec(
            NAME,
            OptionSpec.Kind.FLAG,
            "true",
            List.of("true", "false"),
            "Weights that the file also lists as inputs become constants that callers cannot override.");

    private Modern() {}

    /// The model without inputs that have a default; the same instance when it has none, or when the option of
    /// the pass says to keep them and the IR version lets them mean something.
    public static Model plainWeights(Model model, PassContext context) {
        List<dev.lathe.graph.ValueId> required = model.graph().requiredInputs();
        boolean meant = model.irVersion() >= INITIALIZERS_NEED_NO_INPUT;
        if (required.size() == model.graph().inputs().size() || (meant && !context.flag(NAME))) {
            return model;
        }
        if (meant) {
            context.remarks()
                    .accept(Diagnostic.info(
                            "plain-weights",
                            (model.graph().inputs().size() - required.size())
                                    + " weights were also listed as inputs; they are plain constants now",
                            Place.nowhere()));
        }
        Editor edit = model.graph().edit(model.newIds());
        edit.setInputs(required);
        return model.withGraph(edit.commit()).withIrVersion(Math.max(model.irVersion(), INITIALIZERS_NEED_NO_INPUT));
    }
}
