"""A second output for a packaged ONNX model: the features before its last layer.

onnxruntime hands out declared outputs only, and the package declares one. The model file is a protocol buffer, so a
further output is a few bytes appended to its graph; the file itself stays as it is.
"""

from __future__ import annotations

_GRAPH, _OUTPUT, _NAME = 7, 12, 1  # field numbers: ModelProto.graph, GraphProto.output, ValueInfoProto.name
_LENGTH_DELIMITED, _VARINT, _FIXED64, _FIXED32 = 2, 0, 1, 5


def with_output(model: bytes, name: str) -> bytes:
    """The model with the inner value `name` as another output. ValueError when there is no graph in it."""
    at = 0
    while at < len(model):
        start = at
        key, at = _varint(model, at)
        field, wire = key >> 3, key & 7
        if wire == _LENGTH_DELIMITED:
            size, at = _varint(model, at)
            if field == _GRAPH:
                added = _field(_OUTPUT, _field(_NAME, name.encode()))
                return model[:start] + _field(_GRAPH, model[at : at + size] + added) + model[at + size :]
            at += size
        elif wire == _VARINT:
            _, at = _varint(model, at)
        else:
            at += {_FIXED64: 8, _FIXED32: 4}[wire]
    raise ValueError("no graph in the model")


def _field(number: int, content: bytes) -> bytes:
    return _coded(number << 3 | _LENGTH_DELIMITED) + _coded(len(content)) + content


def _coded(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
