"""What a text says about the OCOP programme: counts, products and producers, each with its status by clause."""

from extractor.programme.understanding import Understanding, understand

__all__ = ["Understanding", "understand"]
