"""How many strings of a gold folder an OCR model reads exactly, over whole pages with the project's preparation.

    python tools/training/score_ocr.py FOLDER MODEL.traineddata [MODEL.traineddata …]

FOLDER holds documents with NAME.gold.json beside them. Searched are printed identifiers, places, subjects, names and
offices of signers, recipients, and the identifiers of cited documents; case and kind of white space do not count. A
string that is found when spaces are left out altogether counts in the second figure.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Prints one line a model as JSON."""
    folder, *models = (Path(argument) for argument in sys.argv[1:])
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for scores in pool.imap(score, [(folder, model.resolve()) for model in models]):
            print(json.dumps(scores, ensure_ascii=False), flush=True)


def score(task: tuple[Path, Path]) -> dict[str, Any]:
    """A model's counts over the folder."""
    folder, model = task
    os.environ.pop("EXTRACTOR_READINGS", None)
    sys.path.insert(0, str(ROOT))
    from extractor import ingest
    from extractor.ocr import tessdata

    tessdata.vietnamese = lambda: (model.parent, model.stem)
    whole = spaceless = total = pages = 0
    missed: list[str] = []
    started = time.process_time()
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        reading = ingest.read(path.with_name(gold["source"]))
        pages += len(reading.pages)
        text = " ".join(word.text for page in reading.pages for word in page.words)
        for wanted in strings(gold):
            total += 1
            exact, close = plain(wanted) in plain(text), bare(wanted) in bare(text)
            whole, spaceless = whole + exact, spaceless + close
            if not close:
                missed.append(f"{path.name.split('.')[0]}: {wanted}")
    seconds = (time.process_time() - started) / max(1, pages)
    return {
        "model": model.stem,
        "strings": total,
        "exact": whole,
        "spaces_ignored": spaceless,
        "cpu_seconds_a_page": round(seconds, 3),
        "missed": missed,
    }


def strings(gold: dict[str, Any]) -> list[str]:
    """What is printed on the pages, by the gold."""
    hand = {*(gold.get("hand") or ()), *(gold.get("overprinted") or ())}
    found = [
        gold.get("symbol"),
        gold.get("subject"),
        gold.get("issued_at"),
        None if "identifier" in hand else gold.get("identifier"),
    ]
    for signer in gold.get("signers") or ():
        found += [signer.get("name"), signer.get("position")]
    found += gold.get("recipients") or ()
    found += [reference.get("identifier") for reference in gold.get("references") or ()]
    values = [value.get("value") if isinstance(value, dict) else value for value in found]
    return [value for value in values if isinstance(value, str) and value]


def plain(text: str) -> str:
    """NFC, lower case, one space, dashes alike."""
    return " ".join(unicodedata.normalize("NFC", text).replace("–", "-").lower().split())


def bare(text: str) -> str:
    """`plain` without spaces."""
    return plain(text).replace(" ", "")


if __name__ == "__main__":
    main()
