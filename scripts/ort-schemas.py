#!/usr/bin/env python3
"""Prints ONNX Runtime's own schemas of com.microsoft and com.microsoft.nchwc, as OrtSchemasTest compares with ours, and
of its other domains the names of the operators, with "-10" behind one that it takes up to version 9 only.

Run by hand when Lathe takes a newer ONNX Runtime:
  python3 scripts/ort-schemas.py > model-graph/src/test/resources/ort-schemas.txt
"""
import onnx
import onnxruntime.capi.onnxruntime_pybind11_state as ort

OPTION = {"Single": "one", "Optional": "optional", "Variadic": "many"}


def last(value):
    return str(value).split(".")[-1]


def words_of(number):
    """A float as Java writes it."""
    plain = number == 0 or 1e-3 <= abs(number) < 1e7
    text = f"{number:.7g}" if plain else f"{number:.6E}".replace("E-0", "E-").replace("E+", "E")
    mantissa, _, exponent = text.partition("E")
    mantissa = mantissa.rstrip("0") if "." in mantissa else mantissa + ".0"
    mantissa += "0" if mantissa.endswith(".") else ""
    return mantissa + ("E" + exponent if exponent else "")


def words(attr):
    """The value that stands for a missing attribute."""
    proto = onnx.AttributeProto()
    proto.ParseFromString(attr._default_value)
    if not proto.name:
        return "none"
    value = onnx.helper.get_attribute_value(proto)
    if isinstance(value, float):
        return words_of(value)
    return '"' + value.decode() + '"' if isinstance(value, bytes) else str(value)


print("# ONNX Runtime", ort.get_version_string() if hasattr(ort, "get_version_string") else __import__("onnxruntime").__version__)
for op in sorted(ort.get_all_operator_schema(), key=lambda op: (op.domain, op.name, op.since_version)):
    if op.domain not in ("com.microsoft", "com.microsoft.nchwc"):
        continue
    only = {t.type_param_str: t.allowed_type_strs[0] for t in op.type_constraints if len(t.allowed_type_strs) == 1}
    print("op", op.domain, op.name, op.since_version, op.min_input, op.min_output)
    for side, params in (("in", op.inputs), ("out", op.outputs)):
        for p in params:
            kind = only.get(p.typeStr, p.typeStr).replace("tensor(", "").replace(")", "")
            print(side, p.name, OPTION[last(p.option)], {"float": "float32"}.get(kind, kind))
    for name, attr in sorted(op.attributes.items()):
        print("attr", name, last(attr.type), "required" if attr.required else words(attr))

others = {}
for op in ort.get_all_operator_schema():
    if op.domain not in ("com.microsoft", "com.microsoft.nchwc"):
        gone = others.setdefault((op.domain or "ai.onnx", op.name), set())
        if op.deprecated:
            gone.add(op.since_version)
for (domain, name), gone in sorted(others.items()):
    print("name", domain, name, *(f"-{version}" for version in sorted(gone)))
