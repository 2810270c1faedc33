package dev.lathe.app.compare;

import dev.lathe.app.ui.Numbers;
import dev.lathe.profile.compare.Difference;
import dev.lathe.profile.compare.RunComparison;

/// Layers that are compared together: what they took in two measurements, and how sure the change is.
public record RunRow(RunComparison.Group group) {

    /// The first layer's name as tables write it, and how many more there are.
    public String layers() {
        String first = group.layers().getFirst();
        String name = first.startsWith("/") ? first.substring(1).replace('/', '.') : first;
        return group.layers().size() == 1 ? name : name + " +" + (group.layers().size() - 1);
    }

    public boolean inBoth() {
        return group.change().isPresent();
    }

    /// Whether the change is none that chance brings.
    public boolean sure() {
        return group.change().filter(Difference::isSure).isPresent();
    }

    public String interval() {
        return group.change().map(RunRow::interval).orElse(Numbers.UNKNOWN);
    }

    static String interval(Difference d) {
        return Double.isNaN(d.lowPercent())
                ? "too few runs"
                : Numbers.change(d.lowPercent() / 100) + " … " + Numbers.change(d.highPercent() / 100);
    }

    /// In words: what the interval says.
    public String verdict() {
        if (group.change().isEmpty()) {
            return group.before() == 0 ? "only in the second" : "only in the first";
        }
        Difference d = group.change().get();
        if (Double.isNaN(d.lowPercent())) {
            return group.estimate() ? "an estimate" : "not known";
        }
        if (d.doubted()) {
            return "unsteady";
        }
        return d.isSure() ? d.percent() > 0 ? "slower" : "faster" : "may be chance";
    }
}
