package dev.lathe.app.values;

import dev.lathe.optimize.check.OutputDifference;
import java.util.List;
import java.util.Optional;

/// What the Values tab shows. `choices` are the tensors of the selected layer, or the model's inputs and outputs;
/// `slice` the part that is looked at; `others` variants that tensors can be held against; `apart` what that found, of
/// the variants named `apartOf`; `problem` why the last look failed.
public record ValuesShown(
        boolean hasModel,
        List<TensorChoice> choices,
        Optional<TensorChoice> chosen,
        Optional<TensorSlice> slice,
        List<String> others,
        List<OutputDifference> apart,
        String apartOf,
        String problem) {
    static final ValuesShown EMPTY =
            new ValuesShown(false, List.of(), Optional.empty(), Optional.empty(), List.of(), List.of(), "", "");

    public ValuesShown {
        choices = List.copyOf(choices);
        others = List.copyOf(others);
        apart = List.copyOf(apart);
    }

    ValuesShown choices(List<TensorChoice> next, Optional<TensorChoice> first) {
        return new ValuesShown(true, next, first, slice, others, apart, apartOf, problem);
    }

    ValuesShown chosen(TensorChoice next) {
        return new ValuesShown(hasModel, choices, Optional.of(next), slice, others, apart, apartOf, problem);
    }

    ValuesShown slice(Optional<TensorSlice> next) {
        return new ValuesShown(hasModel, choices, chosen, next, others, apart, apartOf, "");
    }

    ValuesShown others(List<String> next) {
        return new ValuesShown(hasModel, choices, chosen, slice, next, apart, apartOf, problem);
    }

    ValuesShown apart(List<OutputDifference> next, String of) {
        return new ValuesShown(hasModel, choices, chosen, slice, others, next, of, "");
    }

    ValuesShown problem(String next) {
        return new ValuesShown(hasModel, choices, chosen, slice, others, apart, apartOf, next);
    }
}
