package dev.lathe.app.parts;

import java.util.function.Function;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// What the choices of a list are called that nobody can type into; no choice is called nothing.
public final class Called<T> extends StringConverter<T> {
    private final Function<T, String> name;

    public Called(Function<T, String> name) {
        this.name = name;
    }

    @Override
    public String toString(@Nullable T choice) {
        return choice == null ? "" : name.apply(choice);
    }

    @Override
    public T fromString(String text) {
        throw new UnsupportedOperationException("the list is not editable");
    }
}
