"""Text tools: normalising with the way back, syllables, legacy fonts, numerals, dates."""
