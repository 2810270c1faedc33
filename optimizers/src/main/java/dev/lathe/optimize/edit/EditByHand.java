package dev.lathe.optimize.edit;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.optimize.OptionSpec;
import dev.lathe.optimize.Pass;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.PassInfo;
import java.util.List;

/// Changes what the user says: renames, removes, inserts, rewires …, in the statements of [EditScript].
public final class EditByHand implements Pass {
    public static final String NAME = "edit";
    public static final String SCRIPT = "script";

    @Override
    public PassInfo info() {
        return new PassInfo(
                NAME,
                "Edit by hand",
                "Renames, removes, replaces, inserts and rewires nodes, sets attributes, types, outputs and opsets, cuts a"
                        + " part out, appends another model. A change that breaks a rule of the standard is refused.",
                "rename tensor x to pixels;  remove Dropout_7;  set Conv_3 strides = [2, 2];  …  →  the changed model",
                List.of(new OptionSpec(
                        SCRIPT,
                        OptionSpec.Kind.TEXT,
                        "",
                        List.of(),
                        "Statements, e.g. remove Dropout_7 or replace Erf_2 with { y = Gelu(x) }.")),
                -1,
                "What the model computes is yours to change: its outputs may differ.");
    }

    @Override
    public Model run(Model model, PassContext context) throws LatheException {
        context.job().checkCancelled();
        context.job().progress(0, "editing");
        return Edits.apply(model, EditScript.parse(context.option(SCRIPT)), context.job());
    }
}
