package dev.lathe.app.graph;

import java.util.List;
import java.util.function.BiFunction;

/// What the canvas asks its owner while a stage border is dragged: the lines of the plate beside it, for the border
/// and the position of the cut.
@FunctionalInterface
public interface BorderPlate extends BiFunction<Integer, Integer, List<String>> {}
