package dev.lathe.graph.op;

import dev.lathe.graph.Attr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an operator takes and gives, as data: the union over the versions in `since` (opset versions at which
/// its definition changed, ascending). Where versions differ in meaning, inference asks for the opset. From the version
/// `deprecated` on, models may no longer use it.
public record Schema(
        String domain,
        String name,
        List<Integer> since,
        List<Param> inputs,
        List<Param> outputs,
        List<AttrSpec> attrs,
        Optional<Integer> deprecated) {
    public Schema {
        since = List.copyOf(since);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attrs = List.copyOf(attrs);
    }

    /// An operator of ai.onnx.
    public static Builder onnx(String name, int... since) {
        return new Builder("", name, since);
    }

    public static Builder of(String domain, String name, int... since) {
        return new Builder(domain, name, since);
    }

    public Optional<AttrSpec> attr(String wanted) {
        return attrs.stream().filter(a -> a.name().equals(wanted)).findFirst();
    }

    public int leastInputs() {
        return least(inputs);
    }

    public int mostInputs() {
        return most(inputs);
    }

    public int leastOutputs() {
        return least(outputs);
    }

    public int mostOutputs() {
        return most(outputs);
    }

    /// The formal input that the actual input at `index` belongs to.
    public Optional<Param> input(int index) {
        return at(inputs, index);
    }

    public Optional<Param> output(int index) {
        return at(outputs, index);
    }

    private static Optional<Param> at(List<Param> params, int index) {
        if (index < params.size()) {
            return Optional.of(params.get(index));
        }
        return !params.isEmpty() && params.getLast().arity() == Param.Arity.VARIADIC
                ? Optional.of(params.getLast())
                : Optional.empty();
    }

    private static int least(List<Param> params) {
        int n = 0;
        for (int i = 0; i < params.size(); i++) {
            n = params.get(i).arity() == Param.Arity.REQUIRED ? i + 1 : n;
        }
        return n;
    }

    private static int most(List<Param> params) {
        return !params.isEmpty() && params.getLast().arity() == Param.Arity.VARIADIC
                ? Integer.MAX_VALUE
                : params.size();
    }

    /// Collects a schema line by line; used once, in a constant of the operator's class.
    public static final class Builder {
        private final String domain;
        private final String name;
        private final List<Integer> since = new ArrayList<>();
        private final List<Param> inputs = new ArrayList<>();
        private final List<Param> outputs = new ArrayList<>();
        private final List<AttrSpec> attrs = new ArrayList<>();
        private Optional<Integer> deprecated = Optional.empty();

        private Builder(String domain, String name, int... since) {
            this.domain = domain;
            this.name = name;
            for (int s : since) {
                this.since.add(s);
            }
        }

        public Builder in(String param, String type) {
            inputs.add(new Param(param, type, Param.Arity.REQUIRED));
            return this;
        }

        public Builder optIn(String param, String type) {
            inputs.add(new Param(param, type, Param.Arity.OPTIONAL));
            return this;
        }

        public Builder manyIn(String param, String type) {
            inputs.add(new Param(param, type, Param.Arity.VARIADIC));
            return this;
        }

        /// How many axes the input before has: `rank`.
        public Builder rank(int rank) {
            return ranks(rank, rank);
        }

        /// How many axes the input before has, both ends included.
        public Builder ranks(int least, int most) {
            return ranks(least, most, 1);
        }

        /// The same from a version of the operator set on.
        public Builder ranks(int least, int most, int version) {
            Param p = inputs.removeLast();
            inputs.add(new Param(p.name(), p.type(), p.arity(), Optional.of(new Param.Ranks(least, most, version))));
            return this;
        }

        public Builder out(String param, String type) {
            outputs.add(new Param(param, type, Param.Arity.REQUIRED));
            return this;
        }

        public Builder optOut(String param, String type) {
            outputs.add(new Param(param, type, Param.Arity.OPTIONAL));
            return this;
        }

        public Builder manyOut(String param, String type) {
            outputs.add(new Param(param, type, Param.Arity.VARIADIC));
            return this;
        }

        public Builder attr(String attr, long otherwise) {
            return add(attr, AttrSpec.Kind.INT, false, Optional.of(Attr.of(otherwise)));
        }

        public Builder attr(String attr, float otherwise) {
            return add(attr, AttrSpec.Kind.FLOAT, false, Optional.of(Attr.of(otherwise)));
        }

        public Builder attr(String attr, String otherwise) {
            return add(attr, AttrSpec.Kind.STRING, false, Optional.of(Attr.of(otherwise)));
        }

        public Builder attr(String attr, AttrSpec.Kind kind) {
            return add(attr, kind, false, Optional.empty());
        }

        public Builder required(String attr, AttrSpec.Kind kind) {
            return add(attr, kind, true, Optional.empty());
        }

        private Builder add(String attr, AttrSpec.Kind kind, boolean required, Optional<Attr> otherwise) {
            attrs.add(new AttrSpec(attr, kind, required, otherwise));
            return this;
        }

        /// What the string attribute before may be.
        public Builder oneOf(String... words) {
            AttrSpec a = attrs.removeLast();
            attrs.add(new AttrSpec(a.name(), a.kind(), a.required(), a.otherwise(), List.of(words)));
            return this;
        }

        /// From this version of its operator set on it may no longer be used.
        public Builder deprecated(int version) {
            deprecated = Optional.of(version);
            return this;
        }

        public Schema build() {
            return new Schema(domain, name, since, inputs, outputs, attrs, deprecated);
        }
    }
}
