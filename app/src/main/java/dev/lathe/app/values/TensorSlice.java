package dev.lathe.app.values;

import dev.lathe.app.ui.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Two axes of a tensor, at fixed places of the others. A tensor of one axis is a column, a single number a table of
/// one cell.
///
/// @param rowAxis −1 where the tensor has no axis for it
/// @param at places by axis; those of the two axes do not count
public record TensorSlice(TensorContents tensor, int rowAxis, int columnAxis, List<Long> at) {
    public TensorSlice {
        at = List.copyOf(at);
    }

    /// The last two axes, at the first place of the others.
    public static TensorSlice of(TensorContents t) {
        int rank = t.dims().size();
        return new TensorSlice(
                t,
                rank >= 2 ? rank - 2 : rank - 1,
                rank >= 2 ? rank - 1 : -1,
                IntStream.range(0, rank).mapToObj(i -> 0L).toList());
    }

    public long rows() {
        return rowAxis < 0 ? Math.min(1, tensor.elements()) : tensor.dims().get(rowAxis);
    }

    public long columns() {
        return columnAxis < 0 ? Math.min(1, tensor.elements()) : tensor.dims().get(columnAxis);
    }

    /// Where the tensor holds the element.
    public long index(long row, long column) {
        long index = 0;
        for (int axis = 0; axis < tensor.dims().size(); axis++) {
            long place = axis == rowAxis ? row : axis == columnAxis ? column : at.get(axis);
            index = index * tensor.dims().get(axis) + place;
        }
        return index;
    }

    public double value(long row, long column) {
        return tensor.at(index(row, column));
    }

    /// A number with as many digits as tell neighbours apart.
    public String words(long row, long column) {
        long index = index(row, column);
        Optional<String> text = tensor.text(index);
        if (text.isPresent()) {
            return text.get();
        }
        double v = tensor.at(index);
        if (Double.isNaN(v)) {
            return "NaN";
        }
        if (Double.isInfinite(v)) {
            return v > 0 ? "∞" : "−∞";
        }
        if (v == Math.rint(v) && Math.abs(v) < 1e15) {
            return Numbers.grouped((long) v);
        }
        double a = Math.abs(v);
        return a >= 1e-3 && a < 1e6
                ? Numbers.digits(v, 4)
                : String.format(java.util.Locale.ROOT, "%.3e", v).replace('-', '−');
    }

    /// With another place along an axis.
    public TensorSlice at(int axis, long place) {
        List<Long> next = new java.util.ArrayList<>(at);
        next.set(axis, Math.clamp(place, 0, Math.max(0, tensor.dims().get(axis) - 1)));
        return new TensorSlice(tensor, rowAxis, columnAxis, next);
    }

    /// With another axis going down; the one that went there before goes across where they would be the same.
    public TensorSlice down(int axis) {
        return new TensorSlice(tensor, axis, axis == columnAxis ? rowAxis : columnAxis, at);
    }

    public TensorSlice across(int axis) {
        return new TensorSlice(tensor, axis == rowAxis ? columnAxis : rowAxis, axis, at);
    }
}
