package dev.lathe.optimize.compress.quantize;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.optimize.PassContext;
import dev.lathe.profile.device.CpuProvider;
import java.util.List;
import java.util.Optional;

/// Whether products get weights of 7 bits, because the processor clips sums of full 8-bit ones.
///
/// @param option `true`, `false`, or `auto`: as this processor needs it. Who makes a model smaller here mostly runs it
///     here, and a wrong output is worse than a bit that is not used
/// @param clips whether full products of the kind that the model gets clip here
record ReducedRange(String option, boolean clips) {
    static final String OPTION = "reduce-range";
    static final String AUTO = "auto";

    static ReducedRange of(PassContext context) {
        // Of unsigned weights the products are widened before they are added.
        boolean signed = !context.option("weight-type").equals("uint8");
        List<String> features = new CpuProvider()
                .devices().stream().findFirst().map(d -> d.device().features()).orElse(List.of());
        return new ReducedRange(
                context.option(OPTION), signed && Int8Hardware.clips(System.getProperty("os.arch", ""), features));
    }

    boolean isWanted() {
        return option.equals(AUTO) ? clips : Boolean.parseBoolean(option);
    }

    /// What the user should know of the choice.
    Optional<Diagnostic> remark(String pass) {
        if (!clips || option.equals("true")) {
            return Optional.empty();
        }
        Place place = new Place.InPass(pass);
        return Optional.of(
                option.equals(AUTO)
                        ? Diagnostic.info(
                                        "int8-range-reduced",
                                        "this processor has no VNNI, and sums of full 8-bit products clip on it: the"
                                                + " weights of products use 7 bits",
                                        place)
                                .withRemedy("Use reduce-range=false where the model is to run on processors with VNNI"
                                        + " only.")
                        : Diagnostic.warning(
                                        "int8-sums-clip",
                                        "this processor has no VNNI: sums of 8-bit products clip here, which costs"
                                                + " accuracy",
                                        place)
                                .withRemedy("Use reduce-range=true where the model is to run on such processors."));
    }
}
