package dev.lathe.optimize;

import java.util.List;

/// What people and programs read about a pass. `rewrite` states it as an equation. `minCosine` is the
/// similarity of outputs that its equivalence test demands (1 − tolerance). `remark` is an honest caveat,
/// e.g. that fp16 is slower on CPUs; may be empty.
public record PassInfo(
        String name,
        String title,
        String description,
        String rewrite,
        List<OptionSpec> options,
        double minCosine,
        String remark) {
    public PassInfo {
        options = List.copyOf(options);
    }
}
