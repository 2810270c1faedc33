package dev.lathe.graph.io;

/// Where the weights of an exported model are to lie: in the model file, or in data files beside it.
public sealed interface WeightPlacement {
    /// Where tools of the field draw the line: what is smaller gains nothing from a place of its own.
    long USUAL_MINIMUM = 1024;

    /// As they were: external tensors stay external, in one data file. A model that no protobuf message can hold
    /// (2 GiB) has its large tensors put there too.
    record Keep() implements WeightPlacement {}

    /// All in the model file, which can be copied alone. Refused when the message would exceed 2 GiB.
    record Inline() implements WeightPlacement {}

    /// Tensors of `minimumBytes` or more in data files; smaller ones in the model file. What shape inference reads
    /// (lists of sizes, axes, scales) stays in the model file however small the minimum.
    record External(long minimumBytes, Division files) implements WeightPlacement {
        public External {
            if (minimumBytes < 0) {
                throw new IllegalArgumentException("a tensor has no negative size: " + minimumBytes);
            }
        }
    }

    /// How external tensors are divided over data files.
    sealed interface Division {
        /// One file for all.
        record OneFile() implements Division {}

        /// A file for each tensor, named after it.
        record PerTensor() implements Division {}

        /// Files of at most so many bytes; a tensor is never cut, so one that is larger has a larger file alone.
        record AtMost(long bytes) implements Division {
            public AtMost {
                if (bytes < 1) {
                    throw new IllegalArgumentException("a file has at least one byte, not " + bytes);
                }
            }
        }
    }

    static WeightPlacement keep() {
        return new Keep();
    }

    static WeightPlacement inline() {
        return new Inline();
    }

    /// With the usual minimum.
    static WeightPlacement external(Division files) {
        return new External(USUAL_MINIMUM, files);
    }
}
