package dev.lathe.graph.op.control;

import dev.lathe.graph.op.OpFamily;
import dev.lathe.graph.op.OpSpec;
import java.util.List;

/// Control flow and sequences: one line per operator.
public final class ControlOps implements OpFamily {
    @Override
    public String title() {
        return "Control flow and sequences";
    }

    @Override
    public List<OpSpec> ops() {
        return List.of(
                new ConcatFromSequence(),
                new If(),
                new Loop(),
                new OptionalGetElement(),
                new OptionalHasElement(),
                new OptionalOp(),
                new Scan(),
                new SequenceAt(),
                new SequenceConstruct(),
                new SequenceEmpty(),
                new SequenceErase(),
                new SequenceInsert(),
                new SequenceLength(),
                new SequenceMap(),
                new SplitToSequence());
    }
}
