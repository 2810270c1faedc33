package dev.lathe.core;

/// We could not go on because of the user's data or machine: carries the [Diagnostic] that people see. The
/// command line turns it into one line and exit code 3, the window into an inline message.
public final class LatheException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public LatheException(Diagnostic diagnostic) {
        super(diagnostic.line());
        this.diagnostic = diagnostic;
    }

    public LatheException(Diagnostic diagnostic, Throwable cause) {
        super(diagnostic.line(), cause);
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
