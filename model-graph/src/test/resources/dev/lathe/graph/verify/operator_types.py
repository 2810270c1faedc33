"""Writes operator-types.tsv: what every version of every operator of the standard takes and gives.

usage: operator_types.py > operator-types.tsv      (needs the newest `onnx` package)

First come the sets of types that occur, one a line: "set", name, types. Then one line for each version of an operator:
domain, name, version, inputs, outputs, type variables, numbers of inputs and outputs, attributes. A parameter is NAME:TYPE, where the type is a variable of the
operator or one type; "*" after it means any number of values of one type, "**" any number of values of any of the types.
A variable is NAME=SET. Numbers are LEAST..MOST, without MOST where there may be any number; an attribute that must be given has a
"!" behind. Types are written as in Lathe's text form, without shapes.
"""
import re

import onnx
from onnx import defs

DTYPES = {"float": "float32", "double": "float64"}
VARIADIC = defs.OpSchema.FormalParameterOption.Variadic


def text(t):
    """tensor(float) is float32, seq(tensor(float)) is seq(float32)."""
    t = t.replace(" ", "").replace(",", ", ")
    t = re.sub(r"(?<![a-z_])tensor\(([a-z0-9]+)\)", lambda m: DTYPES.get(m[1], m[1]), t)
    t = re.sub(r"sparse_tensor\(([a-z0-9]+)\)", lambda m: "sparse " + DTYPES.get(m[1], m[1]), t)
    return re.sub(r"(?<=, )(float|double)(?=\))", lambda m: DTYPES[m[1]], t)


class Sets:
    def __init__(self):
        self.names = {}

    def name(self, types):
        key = ";".join(sorted(text(t) for t in types))
        return self.names.setdefault(key, "s%d" % len(self.names))


def count(least, most):
    return "%d..%s" % (least, most if most < 1 << 30 else "")


def column(params, variables):
    words = []
    for p in params:
        kind = p.type_str if p.type_str in variables else text(p.type_str)
        many = "" if p.option != VARIADIC else "*" if p.is_homogeneous else "**"
        words.append(p.name + ":" + kind + many)
    return ";".join(words)


sets = Sets()
rows = []
for s in defs.get_all_schemas_with_history():
    if s.deprecated:
        rows.append((s.domain, s.name, s.since_version, "", "", "", "0..;0..", ""))
        continue
    constraints = {c.type_param_str: sets.name(c.allowed_type_strs) for c in s.type_constraints}
    rows.append((
        s.domain, s.name, s.since_version, column(s.inputs, constraints), column(s.outputs, constraints),
        ";".join(v + "=" + n for v, n in sorted(constraints.items())),
        count(s.min_input, s.max_input) + ";" + count(s.min_output, s.max_output),
        ";".join(n + ("!" if a.required else "") for n, a in sorted(s.attributes.items()))))

print("# Written by operator_types.py from the schemas of onnx " + onnx.__version__)
for types, name in sets.names.items():
    print("set", name, types, sep="\t")
for row in sorted(rows):
    print(*row, sep="\t")
