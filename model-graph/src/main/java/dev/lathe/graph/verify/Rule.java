package dev.lathe.graph.verify;

/// One thing that the standard asks of every model.
interface Rule {
    /// Reports every place where `subject` does not keep the rule.
    void check(Subject subject);
}
